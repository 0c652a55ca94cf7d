using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Files;

namespace Assay.Benchmarks;

/// <summary>
/// What was asked for: names of benches (all when none is given), <c>--json FILE</c>, <c>--page FILE</c>, <c>--seconds N</c>, for how long the bench
/// of the hub sends, and <c>--short</c>, a small form of the bench of evaluating.
/// </summary>
internal sealed record BenchArguments(IReadOnlyList<string> Names, string? Json, string? Page, int? Seconds, bool IsShort, string Command)
{
    private const string Usage =
        "Run `dotnet run -c Release --project bench/Assay.Benchmarks -- [NAME ...] [--json FILE] [--page FILE] [--seconds N] [--short]`.";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static BenchArguments Parse(IReadOnlyList<string> arguments, IReadOnlyList<string> known)
    {
        var names = new List<string>();
        string? json = null;
        string? page = null;
        int? seconds = null;
        var isShort = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = ValueAfter(arguments, ref i);
                    break;
                case "--page":
                    page = ValueAfter(arguments, ref i);
                    break;
                case "--seconds":
                    seconds =
                        int.TryParse(ValueAfter(arguments, ref i), out var n) && n is >= 1 and <= 600
                            ? n
                            : throw AssayException.Usage("--seconds takes 1 to 600.", Usage);
                    break;
                case "--short":
                    isShort = true;
                    break;
                case var name when known.Contains(name):
                    names.Add(name);
                    break;
                case var other:
                    throw AssayException.Usage($"There is no bench '{other}'. Known: {string.Join(", ", known)}.", Usage);
            }
        }

        var command =
            Environment.GetEnvironmentVariable("ASSAY_BENCH_COMMAND")
            ?? $"dotnet run -c Release --project bench/Assay.Benchmarks -- {string.Join(' ', arguments)}";
        return new BenchArguments(names.Count == 0 ? known : names, json, page, seconds, isShort, command.TrimEnd());
    }

    public void Save(BenchRun run)
    {
        if (Json is not null)
        {
            AtomicFile.WriteText(Json, JsonSerializer.Serialize(run, Indented) + "\n");
        }

        if (Page is not null)
        {
            ResultPage.Update(Page, run);
        }
    }

    private static string ValueAfter(IReadOnlyList<string> arguments, ref int at) =>
        ++at < arguments.Count ? arguments[at] : throw AssayException.Usage($"{arguments[at - 1]} needs a value.", Usage);
}
