"""The attack surface reduction rules of Microsoft Defender that are on, by whatever means a company set them."""

from __future__ import annotations

from funnelbook.setup.machine import Machine

# Only programs that many computers have, or old ones, may run: the one rule that can stop the engine
UNKNOWN_PROGRAMS = "01443614-cd74-433a-b99e-2ecdc07bfc25"
_DEFENDER = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_RULE_BY_RULE = (  # by group policy; by a command on the computer itself
    rf"SOFTWARE\Policies\Microsoft\{_DEFENDER}",
    rf"SOFTWARE\Microsoft\{_DEFENDER}",
)
_INTUNE = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
_STOPS = ("1", "6")  # blocks; asks the user first


def rules(machine: Machine) -> dict[str, str]:
    """Each rule that stops programs, by its number, and where it is set."""
    found: dict[str, str] = {}
    for key in _RULE_BY_RULE:
        names = machine.registry("HKLM", key, None)
        for name in names if isinstance(names, list) else ():
            if str(machine.registry("HKLM", key, name)) in _STOPS:
                found.setdefault(str(name).casefold(), rf"HKLM\{key}")
    for rule in str(machine.registry("HKLM", _INTUNE, "ASRRules") or "").split("|"):
        name, _, value = rule.partition("=")
        if value.strip() in _STOPS:
            found.setdefault(name.strip(" {}").casefold(), rf"HKLM\{_INTUNE}: ASRRules")
    return found
