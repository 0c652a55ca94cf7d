namespace Assay.Statistics.Checking;

/// <summary>What the library answers for one field of a case.</summary>
internal abstract record Answer
{
    /// <summary>A finite number, or none.</summary>
    public static Answer Of(double? number) =>
        number switch
        {
            null => new AbsentAnswer("the method has no such value here"),
            { } value when double.IsFinite(value) => new NumberAnswer(value),
            { } value => new AbsentAnswer($"the value is {value}, not a number"),
        };

    public static Answer Of(bool flag) => new FlagAnswer(flag);

    public static Answer Of(IEnumerable<double> numbers) => new ListAnswer([.. numbers.Select(n => Of(n))]);

    public static Answer Of(Interval? interval) =>
        interval is { } ends ? new ListAnswer([Of(ends.Low), Of(ends.High)]) : new AbsentAnswer("the method has no interval here");
}

/// <summary>A finite number.</summary>
/// <param name="Value">The number.</param>
/// <param name="OrNothing">Whether a reference that has no number here agrees too: its author's method ended where ours goes on.</param>
internal sealed record NumberAnswer(double Value, bool OrNothing = false) : Answer;

internal sealed record FlagAnswer(bool Value) : Answer;

internal sealed record TextAnswer(string Value) : Answer;

internal sealed record ListAnswer(IReadOnlyList<Answer> Items) : Answer;

/// <summary>The library gives no value: the data do not carry one, or it refuses the inputs.</summary>
internal sealed record AbsentAnswer(string Reason) : Answer;

/// <summary>The method broke. Right for nothing, not even where nothing is expected.</summary>
internal sealed record BrokenAnswer(string Reason) : Answer;
