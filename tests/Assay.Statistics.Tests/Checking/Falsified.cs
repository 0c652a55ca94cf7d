using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

/// <summary>An expected value of which one part is wrong.</summary>
internal sealed record Falsified(string Place, ReferenceValue Value)
{
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Every way to make one part of an expected value wrong: a number moved by ten tolerances, a flag turned, a null filled.</summary>
    public static IEnumerable<Falsified> Each(ReferenceValue value, double tolerance) =>
        value switch
        {
            ReferenceObject fields => fields
                .Fields.Where(f => !FieldRule.IsIgnored(f.Key))
                .SelectMany(f => Each(f.Value, tolerance).Select(w => new Falsified($"{f.Key}.{w.Place}", With(fields, f.Key, w.Value)))),
            ReferenceNumbers numbers => Items([.. numbers.Values.Select(n => new ReferenceNumber(n))], tolerance),
            ReferenceList list => Items(list.Items, tolerance),
            ReferenceNumber { Value: var number } => [new("", new ReferenceNumber(Moved(number, tolerance)))],
            ReferenceFlag flag => [new("", new ReferenceFlag(!flag.Value))],
            ReferenceNothing => [new("", new ReferenceNumber(1.25))],
            ReferenceText text => [new("", new ReferenceText(text.Value + "?"))],
            _ => throw new NotSupportedException(value.ToString()),
        };

    private static IEnumerable<Falsified> Items(List<ReferenceValue> items, double tolerance) =>
        items.SelectMany(
            (item, i) => Each(item, tolerance).Select(w => new Falsified($"[{i}]{w.Place}", new ReferenceList([.. items[..i], w.Value, .. items[(i + 1)..]])))
        );

    private static ReferenceObject With(ReferenceObject fields, string name, ReferenceValue value) =>
        new(new OrderedDictionary<string, ReferenceValue>(fields.Fields) { [name] = value });

    private static double Moved(double number, double tolerance) =>
        !double.IsFinite(number) ? 1.25
        : number == 0 ? 1e-14
        : Math.Abs(number) < SmallestNormal ? number + (10 * double.Epsilon)
        // A smaller number is a p-value, of which every digit counts.
        : Math.Abs(number) > 1e-15 && Math.Abs(number) * 10 * tolerance < 1e-14 ? number + 1e-14
        : number * (1 + (10 * tolerance));
}
