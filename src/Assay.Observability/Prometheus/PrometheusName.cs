namespace Assay.Observability.Prometheus;

/// <summary>Names as Prometheus allows them: a valid name is kept exactly, every forbidden character becomes an underscore.</summary>
internal static class PrometheusName
{
    private const string Total = "_total";

    public static string OfMetric(string name) => Sanitised(name, colons: true);

    public static string OfLabel(string name) => Sanitised(name, colons: false);

    public static bool EndsInTotal(string name) => name.EndsWith(Total, StringComparison.Ordinal);

    /// <summary>The family of a counter in OpenMetrics, whose samples carry the suffix and whose family does not.</summary>
    public static string WithoutTotal(string name) => EndsInTotal(name) ? name[..^Total.Length] : name;

    /// <summary>
    /// The unit for a <c># UNIT</c> line, or null: OpenMetrics wants it written out, and only where the family's name ends in it.
    /// </summary>
    public static string? UnitOf(string family, string ucum)
    {
        var unit = ucum switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "Cel" => "celsius",
            "m" => "meters",
            "V" => "volts",
            "A" => "amperes",
            "J" => "joules",
            "g" => "grams",
            "1" => "ratio",
            _ => ucum,
        };
        return unit.Length > 0 && family.EndsWith("_" + unit, StringComparison.Ordinal) ? unit : null;
    }

    private static string Sanitised(string name, bool colons)
    {
        if (name.Length == 0)
        {
            return "_";
        }

        var prefix = char.IsAsciiDigit(name[0]) ? "_" : "";
        return IsValid(name, colons) && prefix.Length == 0 ? name : prefix + string.Create(name.Length, (name, colons), Replace);
    }

    private static void Replace(Span<char> to, (string Name, bool Colons) source)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = IsAllowed(source.Name[i], source.Colons) ? source.Name[i] : '_';
        }
    }

    private static bool IsValid(string name, bool colons)
    {
        foreach (var c in name)
        {
            if (!IsAllowed(c, colons))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(char c, bool colons) => char.IsAsciiLetterOrDigit(c) || c == '_' || (colons && c == ':');
}
