namespace Assay.Statistics.Samples;

/// <summary>Why values carry no answer, in the words of a <see cref="NotComputable"/>; null when they can be used.</summary>
internal static class UnusableValues
{
    /// <param name="values">The values looked at.</param>
    /// <param name="name">What the values are called: <c>the control</c>.</param>
    /// <param name="least">How many values the method needs.</param>
    public static string? In(ReadOnlySpan<double> values, string name, int least = 1)
    {
        if (values.Length < least)
        {
            return $"{name} has {Counted.Values(values.Length)}; at least {least} {(least == 1 ? "is" : "are")} needed";
        }

        var notFinite = 0;
        foreach (var value in values)
        {
            notFinite += double.IsFinite(value) ? 0 : 1;
        }

        return notFinite == 0 ? null : $"{name} has {Counted.Values(notFinite)} that {(notFinite == 1 ? "is" : "are")} not finite";
    }

    /// <summary>The first fault of two arms.</summary>
    public static string? InArms(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, int least = 1) =>
        In(control, "the control", least) ?? In(treatment, "the treatment", least);

    /// <summary>Two arms that do not vary name no winner, however far apart they lie.</summary>
    public static string? InConstantArms(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        var (c, t) = (control[0], treatment[0]);
        if (control.ContainsAnyExcept(c) || treatment.ContainsAnyExcept(t))
        {
            return null;
        }

        return c == t
            ? $"all {control.Length + (long)treatment.Length} values are equal"
            : FormattableString.Invariant($"neither arm varies: every value of the control is {c} and every value of the treatment is {t}");
    }
}
