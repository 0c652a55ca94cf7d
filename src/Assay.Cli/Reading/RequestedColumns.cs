namespace Assay.Cli.Reading;

/// <summary>The columns of a request, found in a header and filled row by row.</summary>
internal sealed class RequestedColumns(CsvHeader header, ColumnRequest request)
{
    public IReadOnlyList<RequestedColumn<NumberColumn>> Numbers { get; } =
    [.. request.Numbers.Select(name => new RequestedColumn<NumberColumn>(header.PlaceOf(name), name, new NumberColumn()))];

    public IReadOnlyList<RequestedColumn<TextColumn>> Texts { get; } =
    [.. request.Texts.Select(name => new RequestedColumn<TextColumn>(header.PlaceOf(name), name, new TextColumn()))];

    public CsvColumns Read(string source, int rows) =>
        new(source, rows, Numbers.ToDictionary(n => n.Name, n => n.Values.ToArray()), Texts.ToDictionary(t => t.Name, t => t.Values));
}

/// <summary>A column to fill.</summary>
/// <param name="Place">Which cell of a row.</param>
/// <param name="Name">What the header calls it.</param>
/// <param name="Values">What was read so far.</param>
internal sealed record RequestedColumn<T>(int Place, string Name, T Values);
