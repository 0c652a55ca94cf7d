using System.Text.Json;

namespace Assay.Statistics.Tests.Means;

/// <summary>Cases of the repository's reference file (60-digit figures), by kind.</summary>
internal static class ReferenceCases
{
    private static readonly Lazy<JsonElement> Cases = new(() => JsonDocument.Parse(File.ReadAllBytes(Path())).RootElement.GetProperty("cases"));

    public static TheoryData<string> Names(string kind)
    {
        var names = new TheoryData<string>();
        foreach (var one in Cases.Value.EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind))
        {
            names.Add(one.GetProperty("name").GetString()!);
        }

        return names;
    }

    public static JsonElement Find(string name) => Cases.Value.EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    /// <summary>An array of numbers, or numbers of the generator that the file describes.</summary>
    public static double[] Series(JsonElement inputs, string name)
    {
        var series = inputs.GetProperty(name);
        return series.ValueKind == JsonValueKind.Array ? [.. series.EnumerateArray().Select(x => x.GetDouble())] : Generated(series.GetProperty("generator"));
    }

    private static double[] Generated(JsonElement generator)
    {
        var values = new double[generator.GetProperty("n").GetInt32()];
        var (c, loc, scale) = (generator.GetProperty("c").GetUInt64(), generator.GetProperty("loc").GetDouble(), generator.GetProperty("scale").GetDouble());
        for (var i = 0; i < values.Length; i++)
        {
            var bits = unchecked((((ulong)i + 1) * 2654435761UL) + c) & 0xFFFFFFFF;
            values[i] = loc + (scale * (bits / 4294967296.0));
        }

        return values;
    }

    private static string Path()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = System.IO.Path.Combine(folder.FullName, "stats_reference.json");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException("stats_reference.json is found in no folder above the tests.");
    }
}
