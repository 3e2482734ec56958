"""Bahasa Indonesia."""

from kiosk.words.volunteer_words import EntranceWords, Message

WORDS = EntranceWords(
    tap_your_card="Tempelkan kartu",
    results={
        "checked_in": Message("Masuk", "Tempelkan kartu lagi saat pulang."),
        "checked_out": Message("Keluar", "Terima kasih, sampai jumpa."),
        "already": Message("Tercatat", "Tidak perlu tempel lagi."),
        "unmatched": Message("Belum ada", "Anda belum tercatat masuk: silakan ke loket."),
        "noted": Message("Diterima", "Kartu Anda sudah dicatat: silakan ke loket."),
        "unknown_card": Message("Tak dikenal", "Jam tidak dicatat: silakan ke loket."),
        "revoked_card": Message("Diblokir", "Jam tidak dicatat: silakan ganti kartu di loket."),
        "suspended": Message("Ditunda", "Jam tidak dicatat: silakan ke loket."),
        "agreement_ended": Message("Berakhir", "Jam tidak dicatat: silakan ke loket."),
        "before_agreement": Message("Belum mulai", "Jam tidak dicatat: silakan ke loket."),
        "unreadable": Message("Tempel lagi", "Kartu belum terbaca: letakkan rata di atas pembaca."),
        "phone_card": Message("Pakai kartu", "Ponsel tidak dapat dicatat: gunakan kartu relawan."),
    },
    at_session=Message("Hadir", "Tempelkan kartu lagi saat pulang."),
    conditions={
        "reader_lost": Message("Rusak", "Silakan tanda tangan di kertas dan beri tahu loket."),
        "storage_trouble": Message("Berhenti", "Silakan tanda tangan di kertas dan beri tahu loket."),
    },
    issuing={
        "hold_card": Message("Kartu baru", "Tempelkan kartu untuk relawan ini. Yang lain mohon tunggu."),
        "hold_again": Message("Sekali lagi", "Angkat kartu, hitung sampai dua, lalu tempelkan lagi."),
    },
    remarks={
        "early": "Lebih awal {minutes} menit",
        "late": "Terlambat {minutes} menit, dicatat apa adanya",
        "off_roster": "Tidak ada jadwal hari ini: petugas akan memeriksa",
        "forgot_last_time": "Belum mencatat pulang terakhir kali: silakan ke loket",
    },
    not_signed_in="Anda belum tercatat masuk",
    repeated={
        "checked_in": Message("Anda sudah masuk", "Masuk pukul {time}; untuk keluar, tempel lagi mulai {again}"),
        "checked_out": Message("Anda sudah keluar", "Keluar pukul {time}; untuk masuk lagi, tempel mulai {again}"),
    },
    today="Hari ini {duration}",
    month="Bulan ini {duration}",
    year="Tahun ini {duration}",
    award_after_hours="{duration} lagi, Anda dapat mengajukan {award}",
    award_from_day="Mulai {day}, Anda dapat mengajukan {award}",
    award_after_both="{duration} lagi, mulai {day} Anda dapat mengajukan {award}",
    hours_and_minutes="{hours} jam {minutes} menit",
    only_minutes="{minutes} menit",
    separator=", ",
    clock_not_set="Jam belum disetel: tetap dicatat, petugas akan memeriksa waktu",
    hub={
        "empty": "Belum ada data: lapor loket",
        "stopped": "Pusat belum menerima: lapor petugas",
        "unheard": "Belum ada kabar mesin lain sejak {since}",
        "call": "Tak terhubung sejak {since}: lapor petugas",
        "forgotten": "Nama dihapus: lapor petugas",
    },
    without_others="{total} (tanpa mesin lain sejak {since})",
    one_reader_lost="Pembaca rusak: pakai yang lain",
    reader_nonsense="Pembaca kacau: harap lapor ke loket",
    terminal_too_small="Terminal terlalu kecil: perlu {columns}x{rows}",
    press_again="Tekan Ctrl+C lagi untuk keluar",
    card_left="Kartu tertinggal di pembaca: harap diambil",
)
