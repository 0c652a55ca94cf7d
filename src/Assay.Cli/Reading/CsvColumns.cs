namespace Assay.Cli.Reading;

/// <summary>Columns of a CSV file, all of the same length: the file's rows.</summary>
/// <param name="Source">What the file is called in messages.</param>
/// <param name="Rows">How many rows, the header line not counted.</param>
/// <param name="Numbers">Columns of numbers by name; an empty cell is NaN, which no cell can hold.</param>
/// <param name="Texts">Columns of text by name.</param>
internal sealed record CsvColumns(string Source, int Rows, IReadOnlyDictionary<string, double[]> Numbers, IReadOnlyDictionary<string, TextColumn> Texts);

/// <summary>A column of text in which every distinct text is stored once.</summary>
internal sealed class TextColumn
{
    /// <summary>The code of an empty cell.</summary>
    public const int Empty = -1;

    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>For each row the place of its text in <see cref="Names"/>, or <see cref="Empty"/>.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>The distinct texts in the order of their first row.</summary>
    public List<string> Names { get; } = [];

    public void Add(string text)
    {
        if (!known.TryGetValue(text, out var code))
        {
            code = Names.Count;
            known.Add(text, code);
            Names.Add(text);
        }

        Codes.Add(code);
    }

    public void AddEmpty() => Codes.Add(Empty);

    /// <summary>The code of a text, or <see cref="Empty"/> when no row has it.</summary>
    public int CodeOf(string text) => known.GetValueOrDefault(text, Empty);
}
