using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Files;

namespace Assay.Evaluation.Gates.Learning;

/// <summary>The runs of a benchmark that were blessed, the oldest first: <c>baselines/NAME.history.jsonl</c> of the catalog, a line a run.</summary>
internal static class BlessedHistory
{
    /// <summary>The most runs that are kept; the oldest go. More say nothing new of a spread.</summary>
    public const int MostRuns = 200;

    private const string Fix = "Restore the file from git, or take that line out: a limit is then learned from one run less.";

    /// <summary>Its file.</summary>
    /// <param name="catalog">The folder of the catalog.</param>
    /// <param name="benchmark">The benchmark's name.</param>
    public static string PathOf(string catalog, string benchmark) => Path.Combine(catalog, "baselines", benchmark + ".history.jsonl");

    /// <summary>The runs; none when none was blessed.</summary>
    /// <exception cref="AssayException">The file cannot be read (exit code 2); the message names the line.</exception>
    public static IReadOnlyList<BlessedRun> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? [.. File.ReadAllLines(path).Select((line, i) => (line, i)).Where(l => l.line.Length > 0).Select(l => Parse(l.line, path, l.i + 1))]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    /// <summary>Adds a run; the same run blessed again takes the place of its line.</summary>
    /// <exception cref="AssayException">The file cannot be read (exit code 2) or written (4).</exception>
    public static void Add(string path, BlessedRun run)
    {
        var runs = Read(path).Where(known => known.Run != run.Run).Append(run).TakeLast(MostRuns);
        AtomicFile.WriteText(path, string.Concat(runs.Select(one => JsonSerializer.Serialize(one, HistoryJson.Default.BlessedRun) + "\n")));
    }

    private static BlessedRun Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, HistoryJson.Default.BlessedRun) ?? throw new JsonException("the line is null");
        }
        catch (JsonException e)
        {
            throw AssayException.Usage($"{path}:{number}: no blessed run: {e.Message}", Fix, e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(BlessedRun))]
internal sealed partial class HistoryJson : JsonSerializerContext;
