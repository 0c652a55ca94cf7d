using Assay.Statistics.Checking;

namespace Assay.Tests.Statistics.Checking;

/// <summary>An expected value of which one part is wrong.</summary>
internal sealed record Falsified(string Place, ReferenceValue Value)
{
    /// <summary>Every way to make one part of an expected value wrong: a number moved by ten tolerances, a flag turned, a null filled.</summary>
    public static IEnumerable<Falsified> Each(ReferenceValue value, double tolerance, bool probability) =>
        value switch
        {
            ReferenceObject fields => fields.Fields.Where(f => !FieldRule.IsIgnored(f.Key)).SelectMany(f => Field(fields, f.Key, f.Value, tolerance)),
            ReferenceNumbers numbers => Items([.. numbers.Values.Select(n => new ReferenceNumber(n))], tolerance, probability),
            ReferenceList list => Items(list.Items, tolerance, probability),
            ReferenceNumber { Value: var number } => [new("", new ReferenceNumber(Moved(number, tolerance, probability)))],
            ReferenceFlag flag => [new("", new ReferenceFlag(!flag.Value))],
            ReferenceNothing => [new("", new ReferenceNumber(1.25))],
            ReferenceText text => [new("", new ReferenceText(text.Value + "?"))],
            _ => throw new NotSupportedException(value.ToString()),
        };

    private static IEnumerable<Falsified> Field(ReferenceObject among, string name, ReferenceValue value, double tolerance) =>
        Each(value, tolerance, FieldRule.IsProbability(name, among))
            .Select(w => new Falsified(
                $".{name}{w.Place}",
                new ReferenceObject(new OrderedDictionary<string, ReferenceValue>(among.Fields) { [name] = w.Value })
            ));

    private static IEnumerable<Falsified> Items(List<ReferenceValue> items, double tolerance, bool probability) =>
        items.SelectMany(
            (item, i) =>
                Each(item, tolerance, probability)
                    .Select(w => new Falsified($"[{i}]{w.Place}", new ReferenceList([.. items[..i], w.Value, .. items[(i + 1)..]])))
        );

    /// <summary>By ten tolerances, and beyond the floor where one holds.</summary>
    private static double Moved(double number, double tolerance, bool probability)
    {
        const double beyondFloor = 10 * NumberComparison.Floor;
        var move = Math.Abs(number) * 10 * tolerance;
        return !double.IsFinite(number) ? 1.25
            : probability && number != 0 ? number + Math.Max(move, 10 * (Math.BitIncrement(Math.Abs(number)) - Math.Abs(number)))
            : number + (Math.Sign(number) * Math.Max(move, beyondFloor)) + (number == 0 ? beyondFloor : 0);
    }
}
