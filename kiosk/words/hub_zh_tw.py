"""What the hub says on the command line, in Chinese as written in Taiwan."""

TEXTS = {
    "HubHelp": {
        "SHORT_HUB": "承辦人的櫃台網頁，並接收各簽到機的紀錄",
        "HUB": (
            "提供單位的主機：櫃台網頁，以及與各簽到機之間的傳送。\n\n"
            "簽到機用加入代碼加入。主機沒有開也能刷卡，之後會補傳。除非另外指定，只有這台電腦連得到。"
        ),
    },
    "HubText": {
        "LISTENS": "單位主機在 {url}（Ctrl+C 結束）",
        "BEHIND_PROXY": "單位主機在 {url} 等代理伺服器 {proxy}（Ctrl+C 結束）",
    },
}
