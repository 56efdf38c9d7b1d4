"""Why a formula gives an error, in words: what FB_WHY answers."""

from __future__ import annotations

from funnelbook.words import LANGUAGES

REASONS: dict[str, tuple[str, str]] = {
    "argument": ("参数 {argument}：{zh}", "{argument}: {en}"),
    "blank": ("是空的，没有数据。", "it is blank; there is no data."),
    "blank_argument": ("参数 {argument} 是空的，没有数据。", "{argument} is blank; there is no data."),
    "blank_at": ("第 {row} 行第 {column} 列是空的。", "row {row}, column {column} is blank."),
    "book": ("{zh}", "{en}"),
    "cell": ("结果第 {row} 行第 {column} 列（{value}）：{reason}", "Result row {row}, column {column} ({value}): {reason}"),
    "ends_before": ("结束日期 {last} 早于开始日期 {first}。", "the last day {last} precedes the first, {first}."),
    "error_cell": ("第 {row} 行第 {column} 列本身是错误 {value}。", "row {row}, column {column} holds the error {value} itself."),
    "error_given": ("数据里本身有错误 {value}。", "the data hold the error {value} itself."),
    "fine": ("这个公式没有出错。", "This formula gives no error."),
    "lengths": ("几个参数的行列数不一致。", "The arguments do not have the same rows and columns."),
    "lengths_of": ("几个参数的个数不一致：{lengths}。", "The arguments do not have the same number of cells: {lengths}."),
    "locked_total": ("已锁定的合计 {locked}，与总数 {total} 不符。", "The locked numbers add up to {locked}, which does not fit the total {total}."),
    "locked_whole": ("锁定的数要是 0 或正整数。", "Locked numbers are whole and not negative."),
    "lunar_years": ("农历节日只知道 {first} 到 {last} 年的。", "Lunar festivals are known from {first} to {last} only."),
    "missing": ("缺少参数 {argument}（{meaning}）。", "The argument {argument} is missing ({meaning})."),
    "more_done": ("已完成有 {done} 周，但一共只有 {weeks} 周。", "There are {done} weeks done but only {weeks} weeks."),
    "more_successes": ("第 {row} 行的成功次数多于总次数。", "In row {row} there are more successes than trials."),
    "negative": ("第 {row} 行第 {column} 列是负数：{value}。", "row {row}, column {column} is negative: {value}."),
    "no_column": ("范围的第一行里没有“{zh}”这一列。", "the first row of the range has no column {en}."),
    "no_customers_of": ("客户表里没有业务员“{person}”的客户。", "{person} has no customers in the Customers table."),
    "no_data": ("没有可用的数据行。", "There is no row that can be used."),
    "no_phone": ("“{value}”不是电话号码。", "{value} is not a phone number."),
    "no_such": ("没有叫“{name}”的公式。", "There is no formula named {name}."),
    "no_value": ("这里没有数据，或转化率为 0 无法达成。", "There is no data here, or a rate of 0 cannot be passed."),
    "not_date": ("第 {row} 行第 {column} 列“{value}”不是日期。", "row {row}, column {column}: {value} is not a date."),
    "not_number": ("第 {row} 行第 {column} 列“{value}”不是数字。", "row {row}, column {column}: {value} is not a number."),
    "not_share": ("第 {row} 行第 {column} 列要在 0 到 1 之间：{value}。", "row {row}, column {column} is not between 0 and 1: {value}."),
    "not_whole": ("第 {row} 行第 {column} 列要是整数：{value}。", "row {row}, column {column} is not a whole number: {value}."),
    "one_cell": ("这里只要一个单元格。", "a single cell is wanted here."),
    "part_of_date": ("第 {row} 行第 {column} 列“{value}”请写上年份和日期，如 2026-06-01。", "row {row}, column {column}: {value}: write it with year and day, e.g. 2026-06-01."),
    "tier_twice": ("级别 {tier} 出现了两次。", "tier {tier} stands twice."),
    "tiers_count": ("有 {count} 个级别，要 {fewest} 到 {most} 个。", "there are {count} tiers, and a funnel has {fewest} to {most}."),
    "too_large": ("数字太大。", "the number is too large."),
    "too_many": ("参数太多，最多 {most} 个。", "Too many arguments; at most {most}."),
    "too_many_factors": ("因素太多，最多 {most} 个。", "Too many factors; at most {most}."),
    "two_columns": ("要两列：结果、级别。", "two columns are wanted: outcome, tier."),
    "two_tiers": ("至少要两个级别。", "There must be at least two tiers."),
    "unexpected": ("出现意外情况（{detail}），请把工作簿发给我们。", "Something unexpected happened ({detail}); please send us the workbook."),
    "unknown_outcome": ("通话结果表里没有“{value}”。", "{value} is not one of the outcomes."),
    "unknown_shape": ("“{value}”不是漏斗形态。", "{value} is not a shape of the funnel."),
    "unknown_tier": ("级别表里没有“{value}”。", "{value} is not one of the tiers."),
}  # fmt: skip


def reason(code: str, language: str, **fields: object) -> str:
    """A reason in a language with its fields filled in."""
    return REASONS[code][LANGUAGES.index(language)].format(**fields)
