using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>Operators of conditions in words, in the order of the choice in a form.</summary>
internal static class ConditionTexts
{
    /// <summary>Every operator with its words.</summary>
    public static readonly IReadOnlyList<(string Operator, Phrase Words)> All =
    [
        ("in", new("is one of", "— одно из")),
        ("notIn", new("is none of", "— ни одно из")),
        ("equals", new("is", "равно")),
        ("notEquals", new("is not", "не равно")),
        ("contains", new("contains", "содержит")),
        ("startsWith", new("starts with", "начинается с")),
        ("endsWith", new("ends with", "кончается на")),
        ("matches", new("matches", "подходит под")),
        ("exists", new("is there", "задано")),
        ("absent", new("is missing", "не задано")),
        ("less", new("is less than", "меньше")),
        ("atMost", new("is at most", "не больше")),
        ("greater", new("is greater than", "больше")),
        ("atLeast", new("is at least", "не меньше")),
        ("before", new("is before", "раньше")),
        ("after", new("is after", "позже")),
        ("semverEquals", new("is (semver)", "равно (semver)")),
        ("semverLess", new("is below (semver)", "ниже (semver)")),
        ("semverAtMost", new("is at most (semver)", "не выше (semver)")),
        ("semverGreater", new("is above (semver)", "выше (semver)")),
        ("semverAtLeast", new("is at least (semver)", "не ниже (semver)")),
        ("cidr", new("is in network", "в сети")),
    ];

    private static readonly Dictionary<string, Phrase> ByOperator = All.ToDictionary(o => o.Operator, o => o.Words, StringComparer.Ordinal);

    /// <summary>An operator in words; itself when it is none.</summary>
    public static Phrase Of(string name) => ByOperator.GetValueOrDefault(name, Phrase.Same(name));

    /// <summary>An attribute as a sentence names it.</summary>
    public static Phrase Attribute(string name) => name == "key" ? new("the unit's key", "ключ единицы") : Phrase.Same(name);

    /// <summary>Whether it compares with nothing.</summary>
    public static bool TakesNoValues(string name) => name is "exists" or "absent";
}
