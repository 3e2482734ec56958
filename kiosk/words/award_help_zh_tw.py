"""The help of `kiosk awards`, in Chinese as written in Taiwan."""

TEXTS = {
    "AwardHelp": {
        "AWARDS": "某一天符合獎項、證明書與榮譽卡的人：已符合，或尚待認定的條件。",
        "OPTION_CATALOGUE": "改列當年的獎勵目錄與依據。",
        "OPTION_SHORT": "也列出還不符合的人。",
        "OPTION_VOLUNTEER": "只列這位志工，包括還差什麼。",
        "OPTION_AWARD": "只列獎勵目錄中的這個獎項，包括還不符合的人。",
        "OPTION_AT": "哪一天；年終達標獎勵為聯繫會議的日期。預設今天。",
    },
}
