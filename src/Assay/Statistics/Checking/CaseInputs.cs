using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking;

/// <summary>The inputs of a case, read by name and type, with the place in every complaint. Remembers what was asked for.</summary>
internal sealed class CaseInputs(ReferenceObject fields, string path = "inputs")
{
    private const double DefaultAlpha = 0.05;

    // Above 2^53 not every whole number is a double.
    private const double LargestCount = 9_007_199_254_740_992;

    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>Fields that nothing asked for.</summary>
    public IReadOnlyList<string> Unused => [.. fields.Fields.Keys.Where(k => !used.Contains(k) && !FieldRule.IsIgnored(k)).Select(k => $"{path}.{k}")];

    /// <summary>The accepted share of false alarms; 0.05 when it is not given.</summary>
    public double Alpha => OptionalNumber("alpha") ?? DefaultAlpha;

    public Alternative Alternative =>
        Text("alternative") switch
        {
            null or "two-sided" or "two_sided" => Alternative.TwoSided,
            "larger" or "greater" => Alternative.Greater,
            "smaller" or "less" => Alternative.Less,
            _ => throw Malformed("alternative", "is not two-sided, larger or smaller"),
        };

    public bool Has(string name) => Field(name) is not (null or ReferenceNothing);

    public double Number(string name) => OptionalNumber(name) ?? throw Malformed(name, "is missing");

    /// <summary>The number, or null when it is left out or null.</summary>
    public double? OptionalNumber(string name) =>
        Field(name) switch
        {
            null or ReferenceNothing => null,
            ReferenceNumber { Value: var value } when double.IsFinite(value) => value,
            _ => throw Malformed(name, "is not a finite number"),
        };

    public long Count(string name) => Whole(name, Number(name));

    public string? Text(string name) =>
        Field(name) switch
        {
            null or ReferenceNothing => null,
            ReferenceText text => text.Value,
            _ => throw Malformed(name, "is not a text"),
        };

    public CaseInputs Inner(string name) =>
        Field(name) is ReferenceObject inner ? new CaseInputs(inner, $"{path}.{name}") : throw Malformed(name, "is not an object");

    /// <summary>Inputs of every row of a list.</summary>
    public IReadOnlyList<CaseInputs> Rows(string name) =>
        Field(name) switch
        {
            ReferenceList list => [.. list.Items.Select((row, i) => new CaseInputs(RowOf(name, row, i), $"{path}.{name}[{i}]"))],
            ReferenceNumbers { Values.Count: 0 } => [],
            _ => throw Malformed(name, "is not a list of objects"),
        };

    /// <summary>Numbers as a list; a number alone is a list of one.</summary>
    public double[] Numbers(string name) =>
        Field(name) switch
        {
            ReferenceNumbers numbers => [.. numbers.Values],
            ReferenceNumber number => [number.Value],
            ReferenceList list => throw Malformed($"{name}[{list.Items.FindIndex(i => i is not ReferenceNumber)}]", "is not a number"),
            null => throw Malformed(name, "is missing"),
            _ => throw Malformed(name, "is not a list of numbers"),
        };

    public long[] Counts(string name) => [.. Numbers(name).Select((n, i) => Whole($"{name}[{i}]", n))];

    /// <summary>Rows of counts, all of one length.</summary>
    public long[,] Table(string name)
    {
        if (Field(name) is not ReferenceList { Items: var rows } || rows.Exists(r => r is not ReferenceNumbers))
        {
            throw Malformed(name, "is not a list of rows of counts");
        }

        var lists = rows.ConvertAll(r => ((ReferenceNumbers)r).Values);
        var table = new long[lists.Count, lists[0].Count];
        for (var i = 0; i < lists.Count; i++)
        {
            if (lists[i].Count != lists[0].Count)
            {
                throw Malformed($"{name}[{i}]", $"has {lists[i].Count} counts, the first row has {lists[0].Count}");
            }

            for (var j = 0; j < lists[i].Count; j++)
            {
                table[i, j] = Whole($"{name}[{i}][{j}]", lists[i][j]);
            }
        }

        return table;
    }

    /// <summary>A list of numbers, or <c>{"generator": {"n": …, "c": …, "loc": …, "scale": …}}</c>.</summary>
    public CaseSample Sample(string name) =>
        Field(name) switch
        {
            ReferenceNumbers numbers => new ListedSample(numbers.Values),
            ReferenceObject => Generated(Inner(name).Inner("generator")),
            ReferenceList list => throw Malformed($"{name}[{list.Items.FindIndex(i => i is not ReferenceNumber)}]", "is not a number"),
            null => throw Malformed(name, "is missing"),
            _ => throw Malformed(name, "is neither a list of numbers nor a generator"),
        };

    /// <summary>The inputs themselves as answers: rows of references repeat them.</summary>
    public AnswerGroup Echo() =>
        fields.Fields.Aggregate(
            new AnswerGroup(),
            (row, field) =>
                row.Add(
                    field.Key,
                    field.Value switch
                    {
                        ReferenceNumber number => Answer.Of(number.Value),
                        ReferenceText text => new TextAnswer(text.Value),
                        ReferenceFlag flag => Answer.Of(flag.Value),
                        _ => new AbsentAnswer("nothing was given"),
                    }
                )
        );

    /// <summary>Both arms' moments: from <c>a</c> and <c>b</c>, or from their <c>summary</c>.</summary>
    public (Lazy<Moments> A, Lazy<Moments> B) Arms()
    {
        if (!Has("summary"))
        {
            var (a, b) = (Sample("a"), Sample("b"));
            return (new(a.ToMoments), new(b.ToMoments));
        }

        var summary = Inner("summary");
        return (summary.Inner("a").Summary(), summary.Inner("b").Summary());
    }

    private Lazy<Moments> Summary()
    {
        var (n, mean, sd) = (Count("n"), Number("mean"), Number("sd"));
        return new(() => Moments.FromSummary(n, mean, sd));
    }

    private static GeneratedSample Generated(CaseInputs generator)
    {
        var n = generator.Count("n");
        if (n is < 0 or > GeneratedSample.MostValues)
        {
            throw generator.Malformed("n", $"is not from 0 to {GeneratedSample.MostValues}");
        }

        return new GeneratedSample((int)n, unchecked((ulong)generator.Count("c")), generator.Number("loc"), generator.Number("scale"));
    }

    private long Whole(string name, double value) =>
        value == Math.Floor(value) && Math.Abs(value) <= LargestCount ? (long)value : throw Malformed(name, "is not a whole number up to 2^53");

    private ReferenceObject RowOf(string name, ReferenceValue row, int index) =>
        row as ReferenceObject ?? throw Malformed($"{name}[{index}]", "is not an object");

    private ReferenceValue? Field(string name)
    {
        used.Add(name);
        return fields[name];
    }

    private MalformedCaseException Malformed(string name, string problem) => new($"{path}.{name} {problem}");
}
