"""What the hub says on the command line, in Chinese as written in Taiwan."""

TEXTS = {
    "HubHelp": {
        "SHORT_HUB": "承辦人的櫃台網頁，並接收各簽到機的紀錄",
        "OPTION_CERTIFIED_UNITS": "多個單位所在的資料夾，取代單一單位的資料夾。",
        "OPTION_UNITS": "多個單位所在的資料夾：每個單位一個子資料夾，網址為 名稱.網域；取代單一單位。",
        "OPTION_METRICS": "在這個位址提供監控系統（Prometheus）用的數據，不需密碼，也不含姓名。",
        "OPTION_DOMAIN": "與 --units 併用：各單位網址的網域，可以給好幾個。",
        "HUB": (
            "提供單位主機：櫃台網頁，以及與各簽到機之間的傳送。\n\n"
            "簽到機用加入代碼加入。主機沒有開也能刷卡，之後會補傳。除非另外指定，只有這台電腦連得到。"
        ),
        "SHORT_HUB_CERTIFICATE": "製作單位主機的憑證",
        "HUB_CERTIFICATE": (
            "製作單位主機的憑證與金鑰，存成資料夾裡的 hub.pem 和 hub.key，`kiosk hub` 會自動使用。\n\n"
            "有效十年，自行簽發：簽到機加入時核對指紋，之後只相信這一張；瀏覽器第一次會警告，顯示的是同一個指紋。"
        ),
        "OPTION_CERTIFIED_HOST": "簽到機和瀏覽器用來連線的主機名稱或位址，可以給好幾個。",
    },
    "HubText": {
        "CANNOT_OPEN": "單位 {unit} 無法開啟：{reason}",
        "BAD_METRICS": "--metrics 需要 IP 位址與埠號，例如 127.0.0.1:9187，不是 {place}",
        "METRICS_AT": "監控用的數據在 {url}",
        "RUNNING": "另一個 `kiosk hub` 已經在服務 {folder}：請先結束它",
        "NO_UNITS": "{folder} 不是資料夾：請指定各單位資料夾所在的位置",
        "UNIT_CLOSED": (
            "本單位目前無法使用，請聯絡系統管理人員。\nThis unit cannot be used now: tell its administrator."
        ),
        "LISTENS": "單位主機在 {url}（Ctrl+C 結束）",
        "UNIT_AT": "各單位有自己的網址，例如 {unit} 在 {url}",
        "IS_A_KIOSK": "{path} 是已加入單位主機的簽到機：請在單位的資料夾執行",
        "BAD_KIOSK_NAME": "簽到機的名稱必須是{forms}",
        "BAD_HOST": "--host 請寫主機名稱或 IP 位址，例如 hub.example.org 或 192.0.2.10，不是 {host}",
        "CERTIFICATE_EXISTS": (
            "{path} 已經存在，簽到機認得的就是它：要換的話，請先把它和金鑰移走，再製作一張，並交給每一台簽到機"
        ),
        "CERTIFICATE_MADE": "{path} 有效至 {until}\nSHA-256 {fingerprint}",
        "NO_CERTIFICATE": "沒有，這裡的主機不需要",
        "CERTIFICATE_GOOD": "有效至 {until}",
        "CERTIFICATE_UNREADABLE": "{path} 不是憑證：請換回正確的檔案",
        "CERTIFICATE_WARNING": "請留意：{text}",
        "CERTIFICATE_ENDS": (
            "憑證 {path} 到 {until} 為止，之後簽到機都不再相信它：請用 `kiosk hub-certificate` "
            "另外製作一張，並交給每一台簽到機"
        ),
        "BEHIND_PROXY": "單位主機在 {url} 等代理伺服器 {proxy}（Ctrl+C 結束）",
    },
}
