"""What `funnelbook doctor` says: what is wrong, and the remedy."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "platform": (
        "这台电脑不是 Windows 也不是 Mac，没有 Excel。",
        "请安装 LibreOffice，再执行 funnelbook install --libreoffice；或者直接用 funnelbook refresh 处理工作簿。",
    ),
    "excel_folder": (
        "没有找到 Excel 的个人文件夹：Excel 没有安装，或者从来没有打开过（WPS 不算）。",
        "请打开一次 Excel 再关闭，然后{install}。",
    ),
    "excel_running": ("Excel 现在开着。", "安装、更新和卸载之前请先关闭它。"),
    "source_gone": (
        "安装 Funnelbook 时用的文件夹或文件已经不在原处。",
        "现在不影响使用；要重新安装时，请先把它放回原处。",
    ),
    "conf": ("没有找到插件的设置文件。", "请关闭 Excel，{install}。"),
    "conf_ascii": (
        "插件的设置文件里有中文或特殊符号，Excel 会读错。",
        "请关闭 Excel，{install}，重写这个文件，不要手工修改。",
    ),
    "conf_blank": (
        "插件的设置文件里有空行，Excel 读到空行就会出错。",
        "请关闭 Excel，{install}，重写这个文件，不要手工修改。",
    ),
    "conf_keys": ("插件的设置文件不完整，或者有写错的内容。", "请关闭 Excel，{install}，重写这个文件。"),
    "engine": (
        "Windows 里没有登记“漏斗”程序，或者登记被改动过：公式和按钮找不到它。",
        "请关闭 Excel，{install}。",
    ),
    "engine_answers": (
        "“漏斗”程序已登记，但启动后没有正确回答：Excel 里的公式和按钮都不能用。",
        "请关闭 Excel，{anew}；仍不行，请把这一行发给 IT。",
    ),
    "administrator": (
        "现在是以管理员身份运行的：Windows 不让管理员的程序看到您为自己登记的“漏斗”程序，所以它没有回答。",
        "请照常打开命令行（不要用“以管理员身份运行”），再诊断一次；Excel 也请照常打开。",
    ),
    "defender": (
        "公司的 Defender 开了一条规则，不常见的程序不许运行，“漏斗”程序多半是被它拦下的。",
        "请把这一行发给 IT，请他们放行 Funnelbook 的文件夹（规则 01443614-cd74-433a-b99e-2ecdc07bfc25）。",
    ),
    "python": (
        "插件要用的 Python 程序已经不在原处（可能被移动、删除或重装过）。",
        "请关闭 Excel，{anew}。",
    ),
    "python_store": (
        "用的是微软应用商店的 Python，Excel 无法启动它。",
        "请关闭 Excel，{other_python}。",
    ),
    "python_starts": (
        "Python 程序启动失败，或者缺少需要的部件。",
        "请关闭 Excel，{anew}；仍不行，请把这一行发给 IT。",
    ),
    "xlwings": (
        "连接 Excel 的部件 xlwings 版本不对，需要 {xlwings}。",
        "请关闭 Excel，{anew}。",
    ),
    "pywin32": ("缺少 Windows 部件 pywin32，公式无法计算。", "请关闭 Excel，{anew}。"),
    "applescript": ("缺少让 Excel 启动 Python 的脚本文件。", "请关闭 Excel，{install}。"),
    "addin": ("Excel 的启动文件夹里没有 Funnelbook 插件。", "请关闭 Excel，{install}。"),
    "addin_current": ("Excel 里的插件不是当前版本，或者被改动过。", "请关闭 Excel，{install}。"),
    "addin_from_web": (
        "插件文件带有“来自互联网”的标记，Excel 会禁止它运行。",
        "请关闭 Excel，{install}；也可以右键单击这个文件，选“属性”，勾选“解除锁定”。",
    ),
    "addin_twice": ("加载项文件夹里还有一份 Funnelbook 插件，两份会互相干扰。", "请关闭 Excel，删除这个文件。"),
    "addin_disabled": (
        "Excel 曾经崩溃或启动太慢，把 Funnelbook 插件禁用了。",
        "请在 Excel 的“文件 > 选项 > 加载项”下方，“管理”选“禁用项目”，单击“转到”，选中 funnelbook 后单击“启用”。",
    ),
    "macros": (
        "Excel 设置为禁用宏，或只运行有签名的宏；启动文件夹又不受信任，里面的插件因此不能运行。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 宏设置”中改选“禁用并发出通知”；不能改时，请 IT 调整公司策略。",
    ),
    "addins_off": (
        "Excel 禁用了所有加载项。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”中取消“禁用所有应用程序加载项”；不能改时，请 IT 调整公司策略。",
    ),
    "unsigned_off": (
        "Excel 只允许有数字签名的加载项，Funnelbook 没有签名。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”中取消这一要求；不能改时，请 IT 调整公司策略。",
    ),
    "trusted_off": (
        "Excel 禁用了所有受信任位置，启动文件夹里的插件因此不能运行。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 受信任位置”中取消“禁用所有受信任位置”；不能改时，请 IT 调整公司策略。",
    ),
    "vba_off": (
        "公司的策略在 Office 里关闭了 VBA，任何加载项里的宏都不能运行。",
        "请把这一行发给 IT；在放开之前，可以右键点关着的工作簿，选“发送到 > 漏斗 Funnelbook”来刷新。",
    ),
    "user_locations_off": (
        "公司的策略只承认公司指定的受信任位置，Excel 的启动文件夹不在其中，里面的插件因此不能运行。",
        "请 IT 把这个启动文件夹加进受信任位置；在那之前，可以右键点关着的工作簿，选“发送到 > 漏斗 Funnelbook”来刷新。",
    ),
    "startup_on_network": (
        "Excel 的启动文件夹在公司的服务器上（用户配置重定向），Excel 不信任网络上的位置，里面的插件因此不能运行。",
        "请 IT 允许网络上的受信任位置，或者把这个文件夹加进受信任位置。",
    ),
    "excel_elevated": (
        "Excel 是以管理员身份运行的，这样它找不到您为自己登记的“漏斗”程序，公式和按钮都不能用。",
        "请在 Excel 程序的“属性 > 兼容性”里取消“以管理员身份运行此程序”，关闭 Excel，再照常打开。",
    ),
    "excel_store": (
        "这台电脑的 Excel 像是从微软应用商店装的，Funnelbook 没有在这样的 Excel 里试过。",
        "看不到“漏斗”选项卡时，请卸载它，改从 office.com 安装 Office。",
    ),
    "wps_opens": (
        "双击工作簿时打开的是 WPS，WPS 里没有“漏斗”选项卡。",
        "请先打开 Excel，再从 Excel 里打开工作簿；或者右键点工作簿，选“打开方式 > 选择其他应用”，选 Excel 并选“始终”。",
    ),
    "wps_only": (
        "这台电脑只有 WPS，没有 Excel：没有“漏斗”选项卡和 FB_ 公式，其余的都能用。",
        "请右键点关着的工作簿，选“发送到 > 漏斗 Funnelbook”来刷新。",
    ),
    "links": (
        "“发送到”和桌面上都没有“漏斗 Funnelbook”，没法刷新关着的工作簿。",
        "请{install}。",
    ),
    "unreadable": (
        "有一个文件或文件夹读不出来，多半是杀毒软件或别的程序正占着它，或者网络断了；后面的检查没有做。",
        "请重新启动电脑再诊断一次；仍不行，请把这一行发给 IT。",
    ),
    "office_python": (
        "LibreOffice 缺少 Python 支持，公式和按钮都不能用。",
        "Debian、Ubuntu 请执行 sudo apt install python3-uno，其他系统请重装 LibreOffice；然后执行 funnelbook install --libreoffice。",
    ),
    "office_extension": (
        "LibreOffice 里没有 Funnelbook 扩展。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice。",
    ),
    "office_too": (
        "这台电脑上还有 LibreOffice，里面没有装 Funnelbook。",
        "需要时请执行 funnelbook install --libreoffice。",
    ),
    "office_disabled": (
        "Funnelbook 扩展在 LibreOffice 里被停用。",
        "请打开 LibreOffice 的“工具 > 扩展管理器”，选中“漏斗 Funnelbook”，单击“启用”。",
    ),
    "office_current": (
        "LibreOffice 里的扩展不是当前版本，或者被改动过。",
        "请关闭 LibreOffice，再执行一次 funnelbook install --libreoffice。",
    ),
    "office_environment": (
        "扩展要用的 Funnelbook 程序已经不在原处（可能被移动、删除或重装过）。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice。",
    ),
    "office_version": (
        "LibreOffice 的 Python 与 Funnelbook 的 Python 版本不同（LibreOffice 可能升级过）。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice，按提示处理。",
    ),
    "office_imports": (
        "LibreOffice 的 Python 打不开 Funnelbook 或它需要的部件。",
        "请执行 {reinstall}，再执行 funnelbook install --libreoffice；仍不行，请把这一行发给 IT。",
    ),
}
