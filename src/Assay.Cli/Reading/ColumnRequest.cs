namespace Assay.Cli.Reading;

/// <summary>Which columns of a CSV file to read.</summary>
/// <param name="Numbers">Names of columns of numbers.</param>
/// <param name="Texts">Names of columns of text, such as ids.</param>
/// <param name="SkipEmpty">Whether empty cells are counted and passed over; otherwise the first one ends the reading.</param>
internal sealed record ColumnRequest(IReadOnlyList<string> Numbers, IReadOnlyList<string> Texts, bool SkipEmpty);
