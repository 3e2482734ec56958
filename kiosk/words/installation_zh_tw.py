"""What `kiosk install-service` says, in Chinese as written in Taiwan."""

TEXTS = {
    "InstallText": {
        "PROGRAM_NOT_INSTALLED": "沒有 {program}：請先安裝本程式，再執行安裝好的 `kiosk install-service`",
        "NO_USER": "沒有使用者 {user}：請建立，`useradd --system --groups {groups} {user}`",
        "USER_IS_ROOT": "簽到畫面不能以 root 身分執行：請用 --user 指定使用者，並把資料夾交給他",
        "IS_SIMULATION": "{home} 是模擬，時間跟著批次檔走：不能用在門口；請用 `kiosk init` 建立正式資料夾",
        "HOME_OF_ANOTHER": (
            "{home} 屬於 {owner}，但簽到畫面要以 {user} 執行：請執行 `chown -R {user}: {home}`，再執行一次這個指令"
        ),
        "PROGRAM_UNUSABLE": (
            "{user} 無法執行 {program}（{reason}）：請把程式放在每位使用者都能讀取的地方，例如 /opt/kiosk，"
            "不要放在 /root 或權限 0700 的資料夾"
        ),
        "HOME_UNUSABLE": "{user} 可以執行 {program}，但不能使用 {home}：{reason}",
        "NO_ANSWER": "{seconds} 秒內沒有回應",
        "WARNING": "注意：{text}",
        "NOT_TRIED": "沒有試過 {user} 能不能執行 {program}：只有 root 可以試，必要時加上 --dry-run",
        "NO_READER": "{settings} 沒有設定讀卡機：沒有讀卡機就不會開啟簽到畫面",
        "READER_MISSING": "讀卡機 {name}：沒有 {device}；請接上，或更正 kiosk.toml 的連接埠",
        "GROUPS_MISSING": "{user} 不在群組 {groups}，簽到畫面要用到這些群組的裝置",
        "PACKAGES_MISSING": "沒有安裝：{packages}",
        "FONT_MISSING": "沒有安裝字型 {font}：中文會變成方塊",
        "BACKUPS_IN_HOME": "備份和資料夾在同一顆硬碟，會一起遺失：請用 --backups 指定另一顆硬碟上的資料夾",
        "BACKUPS_MISSING": "沒有備份資料夾 {folder}；硬碟掛載了嗎？",
        "BACKUPS_NOT_OWN": "備份資料夾 {folder} 不屬於 {user}：這樣不會備份",
        "BACKUPS_OPEN": "其他使用者可以寫入備份資料夾 {folder}：這樣不會備份",
        "BACKUPS_ON_SAME_DISK": "{folder} 和資料夾在同一顆硬碟：備份會一起遺失",
        "UNITS_WRITTEN": "已將 {files} 個檔案寫入 {folder}。接著請以 root 身分，一行一行執行：",
        "STEP": "\n{number}. {about}\n   {command}",
        "INSTALL_PACKAGES": "這台電腦缺少的套件：",
        "JOIN_GROUPS": "簽到畫面要用的裝置：",
        "MAKE_BACKUP_FOLDER": "備份資料夾，請先掛載硬碟：",
        "FIND_READER": "讀卡機；會請您刷三張卡：",
        "RELOAD": "讓 systemd 讀取新的檔案：",
        "MASK_CTRL_ALT_DEL": "按三個鍵不能讓電腦重新開機：",
        "ENABLE": "現在與每次開機後都開啟簽到畫面，並排定夜間作業：",
        "LOOK": "螢幕出現請刷卡：請刷一次。螢幕全黑，或請您在紙本簽到時，看這裡的原因：",
        "CHECK": "全部檢查；開頭是 !! 的每一行，後面寫著該怎麼做：",
        "COMMAND_RELOAD": "systemctl daemon-reload",
        "COMMAND_MASK": "systemctl mask ctrl-alt-del.target",
        "COMMAND_ENABLE": "systemctl enable --now {units}",
        "COMMAND_LOOK": "journalctl -b -n 30 -u {entrance}",
    },
}
