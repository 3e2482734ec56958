"""What the operating system says when it refuses something, in Chinese as written in Taiwan."""

SYSTEM_ERRORS = {
    "Operation not permitted": "不允許這個動作",
    "No such file or directory": "沒有這個檔案或資料夾",
    "Input/output error": "讀寫錯誤",
    "Permission denied": "權限不足",
    "Device or resource busy": "裝置或資源忙碌",
    "File exists": "檔案已存在",
    "No such device": "沒有這個裝置",
    "Not a directory": "不是資料夾",
    "Is a directory": "是資料夾",
    "Invalid argument": "參數不正確",
    "File too large": "檔案太大",
    "No space left on device": "硬碟空間不足",
    "Read-only file system": "檔案系統唯讀",
    "File name too long": "檔名太長",
    "Too many levels of symbolic links": "符號連結層數過多",
    "Cannot assign requested address": "無法使用這個位址",
    "Address already in use": "位址已經使用中",
    "Connection refused": "連線被拒絕",
    "Disk quota exceeded": "超過磁碟配額",
}
"""What the system says of a file, a device or the network, as the C library words it in English."""
