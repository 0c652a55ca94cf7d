using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Files;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>A calibration that was kept: what a judge was worth when it was measured.</summary>
/// <param name="At">When.</param>
/// <param name="Report">What was found.</param>
public sealed record StoredCalibration(DateTimeOffset At, CalibrationReport Report)
{
    /// <summary>The folder of calibrations in a catalog.</summary>
    public const string FolderName = "calibrations";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Whether the judge is another one now, in prompt, model, parameters or kind: what was measured says nothing of it.</summary>
    public bool IsVoid(IJudge judge) => judge.Fingerprint != Report.Fingerprint;

    /// <inheritdoc cref="IsVoid(IJudge)"/>
    public bool IsVoid(IPairwiseJudge judge) => judge.Fingerprint != Report.Fingerprint;

    /// <summary>The calibration of a judge; null when none was kept.</summary>
    /// <param name="folder"><c>catalog/calibrations</c>.</param>
    /// <param name="judge">The judge's name.</param>
    /// <exception cref="AssayException">The file cannot be read (exit code 2).</exception>
    public static StoredCalibration? Find(string folder, string judge)
    {
        var path = PathOf(folder, judge);
        return File.Exists(path) ? Read(path) : null;
    }

    /// <summary>Every calibration of a folder, by the name of its file; none when there is no such folder.</summary>
    /// <exception cref="AssayException">A file cannot be read (exit code 2).</exception>
    public static IReadOnlyList<StoredCalibration> All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)] : [];

    /// <summary>Keeps it in the place of an earlier one.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="AssayException">The folder cannot be written to (exit code 4).</exception>
    public string Save(string folder)
    {
        var path = PathOf(folder, Report.Judge);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Layout) + "\n");
        return path;
    }

    private static StoredCalibration Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredCalibration>(File.ReadAllBytes(path), Layout) ?? throw new JsonException("the file is null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Calibrate again: assay eval calibrate JUDGE --labels FILE --save", e);
        }
    }

    private static string PathOf(string folder, string judge) => Path.Combine(folder, judge.Replace('/', '_') + ".json");
}
