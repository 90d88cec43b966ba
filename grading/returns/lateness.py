"""How late a submission came, in words."""


def days_and_hours(seconds: float) -> str:
    """A lateness in whole days and hours, such as "1 d 2 h"."""
    days, hours = divmod(int(seconds // 3600), 24)
    return f"{days} d {hours} h"
