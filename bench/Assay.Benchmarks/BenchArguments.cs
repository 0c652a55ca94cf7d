using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Files;

namespace Assay.Benchmarks;

/// <summary>What was asked for: names of benches (all when none is given), <c>--json FILE</c> and <c>--page FILE</c>.</summary>
internal sealed record BenchArguments(IReadOnlyList<string> Names, string? Json, string? Page, string Command)
{
    private const string Usage = "Run `dotnet run -c Release --project bench/Assay.Benchmarks -- [NAME ...] [--json FILE] [--page FILE]`.";

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
        return new BenchArguments(names.Count == 0 ? known : names, json, page, command.TrimEnd());
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
        ++at < arguments.Count ? arguments[at] : throw AssayException.Usage($"{arguments[at - 1]} needs a file.", Usage);
}
