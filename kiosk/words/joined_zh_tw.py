"""What is said at a kiosk that belongs to a hub, in Chinese as written in Taiwan."""

TEXTS = {
    "JoinedText": {
        "HUB_BLOCK": (
            "\n# 這台簽到機所屬的中心主機，以及那裡的單位，由 `kiosk join` 寫入。\n"
            "[hub]\n"
            'address = "{address}"\n'
            'unit = "{unit}"\n'
        ),
        "NOT_A_HUB": "這不是中心主機的位址：請寫成 https://主機:連接埠",
        "HUB_NOT_ENCRYPTED": "簽到機送出的資料必須加密，除非中心主機就在同一台電腦上：請寫成 https://主機:連接埠",
        "HUB_AND_STORE": "屬於中心主機的簽到機，紀錄存在檔案裡：請刪除 [store] 那一段",
        "OTHER_KIOSK": (
            "{file}：這台簽到機以 {given!r} 的名稱加入中心主機，它的紀錄都在這個名稱下："
            '請寫成 kiosk = "{given}"；要改名稱請重新加入'
        ),
        "SETTINGS_DIFFER": (
            "{file}：中心主機給這台簽到機的名稱是 {kiosk!r}，時區是 {zone}："
            '請寫成 kiosk = "{kiosk}"、zone = "{zone}"，並刪除 `other_kiosks`'
        ),
        "JOIN_CUT_SHORT": "{path} 建立到一半就中斷了：請再執行一次 `kiosk join`",
        "ALREADY_JOINED": "{path} 的簽到機已經加入中心主機：沒有做任何更改",
        "COPY_EMPTY": "這台簽到機沒有中心主機 {address} 的資料副本：請確認 `kiosk sync` 正在執行，而且連得到中心主機",
    },
}
