using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;
using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

public sealed class ExperimentTablesCheckTests : IAsyncLifetime
{
    private OpenedSqlite opened = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        opened = await OpenedSqlite.OpenAsync(Cancel, new RunSizes { Fresh = 20, Block = 8 });
        for (var unit = 0; unit < 25; unit++)
        {
            await opened.Events.AppendAsync(new EventBatch { Exposures = [Exposed(unit, "a", unit)], Outcomes = [Measured(unit, "ms", 1, unit)] }, Cancel);
        }
    }

    public ValueTask DisposeAsync() => opened.DisposeAsync();

    [Fact]
    public async Task Sound_tables_have_no_problems()
    {
        (await ProblemsAsync()).ShouldBeEmpty();
        await opened.Events.DeleteBeforeAsync(At(13), Cancel);
        (await ProblemsAsync()).ShouldBeEmpty();
        await opened.Events.DeleteBeforeAsync(At(24 * 60), Cancel);
        (await ProblemsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE experiment_block SET body = x'0105FF' WHERE id = 2", "block 2 of run 1 cannot be read")]
    [InlineData("UPDATE experiment_block SET body = (SELECT body FROM experiment_block WHERE id = 1) WHERE id = 2", "block 2 of run 1 is not sorted")]
    [InlineData("UPDATE experiment_block SET last_unit = last_unit + 1 WHERE id = 1", "block 1 of run 1 is not sorted")]
    [InlineData("DELETE FROM experiment_block WHERE id = 3", "run 1 holds 8 exposures and 8 outcomes and says 10 and 10")]
    [InlineData("UPDATE experiment_run SET outcomes = 9 WHERE id = 1", "run 1 holds 10 exposures and 10 outcomes and says 10 and 9")]
    [InlineData("UPDATE event_count SET value = 9 WHERE name = 'exposures'", "there are 25 exposures, the store counted 9")]
    [InlineData("DELETE FROM experiment_fresh", "there are 0 experiment fresh, the store counted 10")]
    [InlineData("UPDATE experiment_fresh SET body = x'01' WHERE id = 1", "fresh block 1 cannot be read")]
    [InlineData("DELETE FROM experiment_name WHERE name = 'ms'", "25 exposures or outcomes have an experiment, a variant or a metric that is not there")]
    public async Task Damage_is_named(string damage, string expected)
    {
        await RunAsync(damage);
        (await ProblemsAsync()).ShouldContain(problem => problem.Contains(expected));
    }

    [Fact]
    public async Task A_damaged_block_is_an_error_that_says_what_to_do()
    {
        await RunAsync("UPDATE experiment_block SET body = x'0105FF'");
        var error = await Should.ThrowAsync<AssayException>(() => opened.Events.SumExperimentAsync(Question, Cancel));
        (error.ExitCode, error.Fix.Contains("assay data")).ShouldBe((ExitCode.Infrastructure, true));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_no_duplicate_when_it_comes_again()
    {
        var batch = new EventBatch { Exposures = [Exposed(100, "a")], Outcomes = [Measured(100, "ms", 1, 1)] };
        await RunAsync("CREATE TRIGGER full BEFORE INSERT ON experiment_fresh BEGIN SELECT RAISE(ABORT, 'no room'); END");
        await Should.ThrowAsync<AssayException>(() => opened.Events.AppendAsync(batch, Cancel));
        await RunAsync("DROP TRIGGER full");
        (await opened.Events.AppendAsync(batch, Cancel)).New.Count.ShouldBe(2);
        (await opened.Events.SumExperimentAsync(Question, Cancel)).Variants.Single().Units.ShouldBe(26);
        (await ProblemsAsync()).ShouldBeEmpty();
    }

    private Task<int> RunAsync(string sql) =>
        opened.File.Writer.RunAsync(
            connection =>
            {
                using var statement = new Statement(connection, sql);
                return statement.Run();
            },
            Cancel
        );

    private Task<List<string>> ProblemsAsync() => opened.File.ReadAsync(c => ExperimentTablesCheck.Check.FindProblems(c).ToList(), Cancel);
}
