"""Tiếng Việt."""

from kiosk.words.volunteer_words import EntranceWords, Message

WORDS = EntranceWords(
    tap_your_card="Chạm thẻ",
    results={
        "checked_in": Message("Đã vào", "Khi ra về, xin chạm thẻ lần nữa."),
        "checked_out": Message("Đã ra", "Cảm ơn bạn, hẹn gặp lại."),
        "already": Message("Đã ghi", "Không cần chạm thẻ nữa."),
        "unmatched": Message("Chưa vào", "Bạn chưa ghi giờ vào: xin đến quầy."),
        "noted": Message("Đã nhận", "Lần chạm thẻ đã được lưu: xin đến quầy."),
        "unknown_card": Message("Thẻ lạ", "Lần này không tính giờ: xin đến quầy."),
        "revoked_card": Message("Thẻ khóa", "Lần này không tính giờ: xin đến quầy đổi thẻ."),
        "suspended": Message("Tạm nghỉ", "Lần này không tính giờ: xin đến quầy."),
        "agreement_ended": Message("Hết hạn", "Lần này không tính giờ: xin đến quầy."),
        "before_agreement": Message("Chưa tới", "Lần này không tính giờ: xin đến quầy."),
        "unreadable": Message("Chạm lại", "Chưa đọc được: xin đặt thẻ nằm phẳng trên máy đọc."),
        "phone_card": Message("Dùng thẻ", "Điện thoại không ghi được: xin dùng thẻ tình nguyện."),
    },
    at_session=Message("Đã ghi nhận", "Khi ra về, xin chạm thẻ lần nữa."),
    conditions={
        "reader_lost": Message("Máy hỏng", "Xin ký tên trên giấy và báo cho quầy."),
        "storage_trouble": Message("Tạm dừng", "Xin ký tên trên giấy và báo cho quầy."),
    },
    issuing={
        "hold_card": Message("Thẻ mới", "Hãy chạm thẻ cấp cho người này. Người khác xin chờ một chút."),
        "hold_again": Message("Lần nữa", "Nhấc thẻ ra, đếm đến hai, rồi chạm lại."),
    },
    remarks={
        "early": "Sớm {minutes} phút",
        "late": "Trễ {minutes} phút, đã ghi đúng giờ đến",
        "off_roster": "Hôm nay không có ca: nhân viên sẽ xác nhận",
        "forgot_last_time": "Lần trước chưa ghi giờ ra: xin đến quầy",
    },
    not_signed_in="Bạn chưa ghi giờ vào",
    repeated={
        "checked_in": Message("Bạn đang ở trong", "Đã vào lúc {time}; muốn ra, xin chạm thẻ từ {again}"),
        "checked_out": Message("Bạn đã ra", "Đã ra lúc {time}; muốn vào lại, xin chạm thẻ từ {again}"),
    },
    today="Hôm nay {duration}",
    month="Tháng này {duration}",
    year="Năm nay {duration}",
    award_after_hours="Thêm {duration} nữa, bạn có thể xin {award}",
    award_from_day="Từ {day}, bạn có thể xin {award}",
    award_after_both="Thêm {duration} nữa, từ {day} bạn có thể xin {award}",
    hours_and_minutes="{hours} giờ {minutes} phút",
    only_minutes="{minutes} phút",
    separator=", ",
    clock_not_set="Đồng hồ chưa chỉnh: vẫn ghi, nhân viên sẽ xác nhận giờ",
    hub={
        "empty": "Chưa có dữ liệu: xin báo quầy",
        "stopped": "Máy chủ chưa nhận: xin báo cán bộ",
        "unheard": "Chưa cập nhật máy khác từ {since}",
        "call": "Mất kết nối từ {since}: xin báo cán bộ",
        "forgotten": "Tên đã xóa: xin báo cán bộ",
    },
    without_others="{total} (chưa tính máy khác từ {since})",
    one_reader_lost="Máy đọc hỏng: xin dùng máy kia",
    reader_nonsense="Máy đọc gửi số sai: xin báo quầy",
    terminal_too_small="Màn hình quá nhỏ: cần {columns}x{rows}",
    press_again="Nhấn Ctrl+C lần nữa để kết thúc",
    card_left="Có thẻ để quên trên máy đọc: xin lấy ra",
)
