namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Names in the place of names, numbered in the order in which they are met: equal ones stay equal, different ones different.</summary>
/// <param name="kind">What they begin with: <c>case</c> gives <c>case-1</c>.</param>
internal sealed class Pseudonyms(string kind)
{
    // Bounded by what a dataset may hold; documents by what its lines may.
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public int Count => numbers.Count;

    public string Of(string name)
    {
        if (!numbers.TryGetValue(name, out var number))
        {
            numbers[name] = number = numbers.Count + 1;
        }

        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}-{number}");
    }
}
