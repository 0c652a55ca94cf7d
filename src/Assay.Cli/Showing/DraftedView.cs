using Assay.Evaluation.Drafting;

namespace Assay.Cli.Showing;

/// <summary>What <c>assay eval init</c> made.</summary>
internal sealed record DraftedView(
    string Name,
    int Cases,
    int Repeated,
    int Empty,
    string DatasetHash,
    IReadOnlyList<ColumnMeaning> Columns,
    IReadOnlyList<string> Files,
    string Next
)
{
    private const int HashShown = 12;

    public static DraftedView Of(DraftedBenchmark drafted) =>
        new(
            drafted.Name,
            drafted.Questions.Cases.Count,
            drafted.Questions.Repeated,
            drafted.Questions.Empty,
            drafted.Identity.Hash,
            drafted.Questions.Columns,
            drafted.Files,
            $"assay eval run {drafted.Name} --dry-run"
        );

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync($"{NumberText.Counted(Cases, "case")}, dataset {DatasetHash[..HashShown]}");
        await output.WriteLineAsync("columns: " + string.Join(", ", Columns.Select(c => $"{c.Column} → {c.Part}")));
        if (Repeated + Empty > 0)
        {
            await output.WriteLineAsync($"left out: {NumberText.Counted(Repeated, "repeated row")}, {NumberText.Counted(Empty, "row")} without a question");
        }

        foreach (var file in Files)
        {
            await output.WriteLineAsync($"wrote {file}");
        }

        await output.WriteLineAsync($"next:  {Next}");
    }
}
