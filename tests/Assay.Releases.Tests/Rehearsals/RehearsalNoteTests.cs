using System.Text.Json;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;
using static Assay.Releases.Tests.Rehearsals.MadeRehearsal;

namespace Assay.Releases.Tests.Rehearsals;

public sealed class RehearsalNoteTests
{
    private static readonly RehearsalNote Note = RehearsalNote.Of(
        RehearsalResult.Of(Scenario("error_spike"), 1, Budget, Measures()) with
        {
            Lessons = ["Alerts go to nobody at night."],
        },
        "1.9.0"
    );

    [Fact]
    public async Task A_rehearsal_that_is_told_twice_is_in_the_ledger_once()
    {
        var ledger = new StoredLedger(new Assay.Releases.Tests.Canaries.MemoryDocuments());
        var first = await ledger.AppendAsync(Note.Entry(RehearsalStage.Release, "mira"), TestContext.Current.CancellationToken);
        var second = await ledger.AppendAsync(Note.Entry(RehearsalStage.Release, "mira"), TestContext.Current.CancellationToken);
        second.Number.ShouldBe(first.Number);
        first.Entry.Kind.ShouldBe(LedgerKind.Rehearsal);
        LedgerWords.Of(first).ShouldStartWith("rehearsal of error_spike: pass. Found after 4.0 s");
    }

    [Fact]
    public void It_says_what_pages_read()
    {
        using var body = JsonDocument.Parse(Note.Entry(RehearsalStage.Release, "mira").Body);
        var said = body.RootElement;
        said.GetProperty("scenario").GetString().ShouldBe("error_spike");
        said.GetProperty("verdict").GetString().ShouldBe("pass");
        said.GetProperty("detect_seconds").GetDouble().ShouldBe(4.04);
        said.GetProperty("restore_seconds").GetDouble().ShouldBe(5);
        said.GetProperty("budget_seconds").GetDouble().ShouldBe(20);
        said.GetProperty("lessons").EnumerateArray().Select(l => l.GetString()).ShouldContain("Alerts go to nobody at night.");
    }

    [Fact]
    public void What_is_none_is_refused()
    {
        RehearsalNote[] wrong =
        [
            Note with
            {
                Scenario = "Error Spike",
            },
            Note with
            {
                DetectSeconds = -1,
            },
            Note with
            {
                RestoreSeconds = double.NaN,
            },
            Note with
            {
                BudgetSeconds = 1e9,
            },
            Note with
            {
                Reason = new string('a', 1_001),
            },
            Note with
            {
                Lessons = [.. Enumerable.Repeat("again", 101)],
            },
            Note with
            {
                Lessons = [null!],
            },
            Note with
            {
                Reason = null!,
            },
        ];
        wrong.ShouldAllBe(n => Should.Throw<AssayException>(() => n.Entry(RehearsalStage.Release, "mira")).ExitCode == ExitCode.WrongUsage);
    }
}
