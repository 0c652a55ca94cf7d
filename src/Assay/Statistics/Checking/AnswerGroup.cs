namespace Assay.Statistics.Checking;

/// <summary>
/// Answers by field name, each worked out when a reference asks for it and then kept: an exact test on a long sample
/// costs nothing in a case that does not speak of it.
/// </summary>
internal sealed record AnswerGroup : Answer
{
    public const string Degenerate = "degenerate";

    private readonly Dictionary<string, Lazy<Answer>> fields = new(StringComparer.Ordinal);
    private readonly List<Func<string, Answer?>> patterns = [];

    /// <summary>The answer to a field, or null when the field is unknown here.</summary>
    public Answer? Find(string name) =>
        fields.TryGetValue(name, out var field) ? field.Value : patterns.Select(p => p(name)).FirstOrDefault(a => a is not null);

    /// <summary>The answer to a field; a name given before keeps its first answer.</summary>
    public AnswerGroup Add(string name, Func<Answer> answer)
    {
        fields.TryAdd(name, new Lazy<Answer>(() => Guard(answer)));
        return this;
    }

    public AnswerGroup Add(string name, double? value) => Add(name, () => Of(value));

    public AnswerGroup Add(string name, Answer answer) => Add(name, () => answer);

    /// <summary>Fields whose names say more than what is asked, such as a level. The function gives null for names that are not of this form.</summary>
    public AnswerGroup AddPattern(Func<string, Answer?> answer)
    {
        patterns.Add(name => Guarded(() => answer(name)));
        return this;
    }

    /// <summary>A field of a method's result; absent with the method's reason when it was not computable.</summary>
    public AnswerGroup Add(string name, Lazy<StatisticResult> result, Func<Computed, Answer> field) => Add(name, () => From(result.Value, field));

    public AnswerGroup Add(string name, Lazy<StatisticResult> result, Func<Computed, double?> field) => Add(name, result, r => Of(field(r)));

    /// <summary>A p-value and, as <c>log10_NAME</c>, its logarithm.</summary>
    public AnswerGroup AddP(string name, Lazy<StatisticResult> result) => Add(name, result, r => r.P?.Value).Add($"log10_{name}", result, r => r.P?.Log10);

    /// <summary>Both ends of the result's interval as <c>ci_low</c> and <c>ci_high</c>.</summary>
    public AnswerGroup AddEnds(Lazy<StatisticResult> result) => Add("ci_low", result, r => r.Interval?.Low).Add("ci_high", result, r => r.Interval?.High);

    /// <summary><c>degenerate</c>: whether the data carry no result of this method.</summary>
    public AnswerGroup AddDegenerate(Lazy<StatisticResult> result) =>
        Add(Degenerate, () => Guard(() => Of(result.Value is NotComputable)) is AbsentAnswer ? Of(flag: true) : Of(result.Value is NotComputable));

    /// <summary>A field of a result, absent with its reason when it was not computable.</summary>
    public static Answer From(StatisticResult result, Func<Computed, Answer> field) =>
        result switch
        {
            Computed computed => field(computed),
            NotComputable not => new AbsentAnswer(not.Reason),
            _ => throw new InvalidOperationException($"{result.Method} gives a {result.GetType().Name}, which has other fields."),
        };

    private static Answer Guard(Func<Answer> answer) => Guarded(answer)!;

    /// <summary>What the library refuses is an absent value; what breaks is told as such and does not end the run.</summary>
    private static Answer? Guarded(Func<Answer?> answer)
    {
        try
        {
            return answer();
        }
        catch (AssayException e)
        {
            return new AbsentAnswer(e.Message);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException or IndexOutOfRangeException or InvalidOperationException)
        {
            return new BrokenAnswer($"the method broke: {e.GetType().Name}: {e.Message}");
        }
    }
}
