"""What a bundle of evidence says of itself, in Chinese as written in Taiwan."""

TEXTS = {
    "EvidenceText": {
        "WRITTEN": "{path}：{events:,} 筆事件，截至位置 {position}，資料時間 {as_of}；請用其他管道告知查驗碼：{code}",
        "SIGNED": (
            "`head.txt` 是其中最後一夜的驗證碼，用 `keys.txt` 的金鑰簽署。金鑰請另外向單位索取，"
            "或用先前證據裡的那一把：偽造的紀錄也可以附上自己的金鑰。"
        ),
        "NOT_SIGNED": "這些事件裡沒有夜間簽署的驗證碼，或在製作這份證據的地方找不到：備份裡不含驗證碼。",
        "README": """\
# {unit} {since} 至 {until} 的證據

由事件紀錄做成，截至事件 {position}，資料時間 {as_of}。用任何一台有 Python 3.6 以上版本的電腦就能查驗，不必連網：

    python3 verify_bundle.py

程式會顯示 `fits` 與這份證據的查驗碼。請與另外拿到的查驗碼（紙本或電話）核對，或請程式核對：
`python3 verify_bundle.py --code XXXX-XXXX-XXXX`。被更動的地方會逐行列在 `WRONG` 後面。
`python3 verify_bundle.py 證據.zip` 可以直接查驗收到的 ZIP 檔；最好使用從別處取得的 verify_bundle.py。

如果您先前留存過這份紀錄的驗證碼，請一併指定：已簽署的驗證碼檔案（放在這個資料夾的外面）、
像 `403:05133f95...` 這樣的一行，或簽到機顯示的短碼 `403:7K3M-Q2WX-9HTB`。
當時已經在紀錄裡的內容，連機器的擁有者也不可能改過：

    python3 verify_bundle.py . ../kept-head.txt

比這些事件更早或更晚的驗證碼會列在 `NOT COMPARED` 後面：這份證據無從比對，要由單位對整份紀錄執行
`kiosk verify --heads`，或另外索取涵蓋該時間的證據。指定的驗證碼沒有一個能比對時，程式顯示
`fits in itself, compared with no head`（證據本身吻合，但沒有與任何驗證碼比對），結束代碼為 2。

{head}

## 內容

| 檔案 | 內容 |
|---|---|
| `hours.csv`、`visits.csv`、`duties.csv` | 這段期間採計的分鐘數、每次到班、每個班次；都沒有四捨五入 |
| `absences.csv`、`exceptions.csv`、`cases.csv` | 缺席與請假；等人處理的事項；依規定提出的退場審查 |
| `corrections.csv` | 由人更正的內容：`event` 是紀錄裡的事件號碼，並有登錄人與原因 |
| `policies.csv` | 規則的每個版本，以及從哪一天起適用 |
| `events.jsonl` | {since} 起（或這段期間第一次刷卡起）記下的每筆事件，共 {events} 筆，與紀錄儲存的完全相同，沒有缺漏 |
| `proofs.json` | 這些事件如何推算到驗證碼，以及檔案引用的較早事件，各附證明 |
| `manifest.json` | 其他每個檔案的 SHA-256；查驗碼由它算出 |

志工以編號表示，事件裡只有隨機代號；登錄人的姓名遮蔽。已刪除個資的志工寫成 `erased-…`，有關的原因已刪除，分鐘數保留。

CSV 檔是否由事件得出，可以用製作它的程式與紀錄的副本證明：
`kiosk bundle --from {since} --to {until} --as-of {as_of} --output again.zip`
會再做出完全相同的檔案，除非之後人員資料更改或刪除、姓名顯示方式的設定更改，或找不到已簽署的驗證碼。
""",
    },
}
