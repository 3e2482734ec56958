"""The words of the pages of accounts, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWords:
    """The words of one language."""

    accounts: str
    accounts_hint: str
    account: str
    role: str
    add_account: str
    new_password: str
    password_hint: str
    account_added: str
    bad_account: str
    not_oneself: str
    remove: str
    removed: str
    set_password: str
    password_changed: str
    own_account: str
    own_account_hint: str


ACCOUNTS: Mapping[Literal["zh-TW", "en"], AccountWords] = {
    "zh-TW": AccountWords(
        accounts="帳號",
        accounts_hint="誰能登入這裡、能做什麼。要換角色，請先移除再新增。",
        account="帳號名稱",
        role="角色",
        add_account="新增帳號",
        new_password="新密碼",
        password_hint="10 個字以上",
        account_added="帳號 {name} 已經新增。",
        bad_account="帳號名稱請用一般文字，最多 64 個字，並選一個角色。",
        not_oneself="不能移除自己的帳號，請由另一位承辦人移除。",
        remove="移除",
        removed="帳號 {name} 已經移除，正在使用中的畫面也已登出。",
        set_password="更改密碼",
        password_changed="密碼已經更改，其他地方的登入都已結束。",
        own_account="我的帳號",
        own_account_hint="更改密碼以後，其他地方的登入會立刻結束。",
    ),
    "en": AccountWords(
        accounts="Accounts",
        accounts_hint="Who may log in here, and as what. To change a role, remove the account and add it again.",
        account="Name of the account",
        role="Role",
        add_account="Add an account",
        new_password="New password",
        password_hint="10 characters or more",
        account_added="The account {name} is added.",
        bad_account="A name has at most 64 plain characters; choose a role.",
        not_oneself="Another coordinator has to remove your own account.",
        remove="Remove",
        removed="The account {name} is removed, and logged out everywhere.",
        set_password="Change the password",
        password_changed="The password is changed; every other login has ended.",
        own_account="My account",
        own_account_hint="After a change of the password every other login ends at once.",
    ),
}
