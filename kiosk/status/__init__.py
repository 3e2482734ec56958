"""The checks of `kiosk status`: one function a check, each with a sentence for an administrator."""
