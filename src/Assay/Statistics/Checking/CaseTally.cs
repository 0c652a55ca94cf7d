namespace Assay.Statistics.Checking;

/// <summary>Compares the expected fields of one case with the answers and keeps count.</summary>
internal sealed class CaseTally(double relativeTolerance)
{
    /// <summary>Most values that are named one by one; the others are counted.</summary>
    private const int MostNamed = 20;

    private readonly List<CheckedField> off = [];
    private readonly List<string> unknown = [];

    public int Compared { get; private set; }

    public int OffCount { get; private set; }

    public CheckedField? Worst { get; private set; }

    public IReadOnlyList<CheckedField> Off => off;

    public IReadOnlyList<string> Unknown => unknown;

    /// <summary>Compares every field of an expected object.</summary>
    public void CompareFields(string path, ReferenceObject expected, AnswerGroup answers)
    {
        foreach (var (name, value) in expected.Fields)
        {
            if (FieldRule.IsIgnored(name))
            {
                continue;
            }

            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (answers.Find(name) is { } answer)
            {
                Compare(at, value, answer, FieldRule.IsProbability(name, expected));
            }
            else
            {
                unknown.Add(at);
            }
        }
    }

    private void Compare(string at, ReferenceValue expected, Answer answer, bool probability)
    {
        switch (expected, answer)
        {
            case (_, BrokenAnswer broken):
                Differs(at, expected, broken.Reason);
                break;
            case (ReferenceObject fields, AnswerGroup group):
                CompareFields(at, fields, group);
                break;
            case (ReferenceNothing, AnswerGroup group):
                Settle(at, group.Find(AnswerGroup.Degenerate) is FlagAnswer { Value: true }, "no value is expected, but the method computes");
                break;
            case (ReferenceNumbers numbers, ListAnswer list):
                CompareItems(at, [.. numbers.Values.Select(n => new ReferenceNumber(n))], list, probability);
                break;
            case (ReferenceList items, ListAnswer list):
                CompareItems(at, items.Items, list, probability);
                break;
            case (ReferenceNumber { Value: var right } number, NumberAnswer got) when double.IsFinite(right):
                Measure(at, number.Value, got.Value, probability);
                break;
            case (ReferenceNothing or ReferenceNumber, NumberAnswer got):
                Settle(at, got.OrNothing, $"no value is expected, got {got.Value:R}", got.Value);
                break;
            case (_, AbsentAnswer) when IsNothing(expected):
                Settle(at, agrees: true, "");
                break;
            case (ReferenceFlag flag, FlagAnswer got):
                Settle(at, flag.Value == got.Value, $"expected {Word(flag.Value)}, got {Word(got.Value)}");
                break;
            case (ReferenceText text, TextAnswer got):
                Settle(at, text.Value == got.Value, $"expected '{text.Value}', got '{got.Value}'");
                break;
            case (_, AbsentAnswer absent):
                Differs(at, expected, $"no value: {absent.Reason}");
                break;
            default:
                Differs(at, expected, $"expected {Word(expected)}, got {Word(answer)}");
                break;
        }
    }

    private void CompareItems(string at, List<ReferenceValue> expected, ListAnswer got, bool probability)
    {
        if (expected.Count != got.Items.Count)
        {
            Settle(at, agrees: false, $"{expected.Count} values are expected, got {got.Items.Count}");
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            Compare($"{at}[{i}]", expected[i], got.Items[i], probability);
        }
    }

    private void Measure(string at, double expected, double got, bool probability)
    {
        var error = NumberComparison.RelativeError(expected, got, probability);
        var agrees = error <= relativeTolerance;
        Record(new CheckedField(at, expected, got, double.IsFinite(error) ? error : null, agrees ? null : $"expected {expected:R}, got {got:R}"));
    }

    private void Differs(string at, ReferenceValue expected, string problem) =>
        Record(
            new CheckedField(
                at,
                expected is ReferenceNumber { Value: var right } && double.IsFinite(right) ? right : null,
                Got: null,
                RelativeError: null,
                problem
            )
        );

    private void Settle(string at, bool agrees, string problem, double? got = null) =>
        Record(new CheckedField(at, Expected: null, got, RelativeError: null, agrees ? null : problem));

    private void Record(CheckedField field)
    {
        Compared++;
        if (Worst is null || field.Badness > Worst.Badness)
        {
            Worst = field;
        }

        if (field.Problem is null)
        {
            return;
        }

        OffCount++;
        if (off.Count < MostNamed)
        {
            off.Add(field);
        }
    }

    /// <summary>Null, a number that is none, or a list of such.</summary>
    private static bool IsNothing(ReferenceValue expected) =>
        expected switch
        {
            ReferenceNothing => true,
            ReferenceNumber number => !double.IsFinite(number.Value),
            ReferenceNumbers { Values.Count: > 0 } numbers => numbers.Values.TrueForAll(n => !double.IsFinite(n)),
            ReferenceList list => list.Items.TrueForAll(IsNothing),
            _ => false,
        };

    private static string Word(bool flag) => flag ? "true" : "false";

    private static string Word(ReferenceValue expected) =>
        expected switch
        {
            ReferenceNumber => "a number",
            ReferenceText => "a text",
            ReferenceFlag => "true or false",
            ReferenceNumbers or ReferenceList => "a list",
            ReferenceObject => "fields",
            _ => "no value",
        };

    private static string Word(Answer got) =>
        got switch
        {
            NumberAnswer => "a number",
            TextAnswer => "a text",
            FlagAnswer => "true or false",
            ListAnswer => "a list",
            _ => "fields",
        };
}
