using System.Globalization;
using Assay.Text;

namespace Assay.Cli.Reading;

/// <summary>The header line of a CSV file.</summary>
internal sealed class CsvHeader(string source, IReadOnlyList<string> names)
{
    private const int NamesShown = 20;

    /// <summary>How many columns.</summary>
    public int Count => names.Count;

    /// <summary>The place of a column.</summary>
    /// <exception cref="AssayException">No column has this name, or several have (exit code 2).</exception>
    public int PlaceOf(string name)
    {
        var places = Enumerable.Range(0, names.Count).Where(i => names[i] == name).ToList();
        return places.Count switch
        {
            1 => places[0],
            0 when names.All(IsNumber) => throw AssayException.Usage(
                $"{source}:1: the first line holds numbers, not names of columns: {Shown()}.",
                $"Put a header line before it, such as: {name}"
            ),
            0 => throw AssayException.Usage($"{source}:1: there is no column '{name}'.{Nearest(name)}", $"Columns of this file: {Shown()}."),
            _ => throw AssayException.Usage($"{source}:1: {places.Count} columns are called '{name}'.", "Give every column a name of its own."),
        };
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private string Nearest(string name)
    {
        var nearest = Names.Nearest(name, names);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    private string Shown()
    {
        var shown = string.Join(", ", names.Take(NamesShown).Select(n => CellText.Shorten(n)));
        return names.Count > NamesShown ? $"{shown} and {names.Count - NamesShown} more" : shown;
    }
}
