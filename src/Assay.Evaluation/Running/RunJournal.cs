using System.Text.Json;
using Assay.Evaluation.Benchmarks;
using Assay.Files;

namespace Assay.Evaluation.Running;

/// <summary>
/// What a run has done, record by record: first the plan, then answers and measurements as they come. A record belongs to the system once
/// <see cref="Append"/> returns, so that <c>kill -9</c> loses none; a power cut loses what <see cref="FlushAsync"/> had not yet forced to disk.
/// </summary>
internal sealed class RunJournal : IAsyncDisposable
{
    private readonly RecordLog log;

    private RunJournal(RecordLog log, RunPlan plan, RunState state) => (this.log, Plan, State) = (log, plan, state);

    /// <summary>What the run sets out to do.</summary>
    public RunPlan Plan { get; }

    /// <summary>What was done when the journal was opened.</summary>
    public RunState State { get; }

    /// <summary>Begins a journal.</summary>
    /// <exception cref="AssayException">The file is there already or cannot be written (exit code 4).</exception>
    public static async Task<RunJournal> CreateAsync(string path, RunPlan plan)
    {
        var journal = new RunJournal(RecordLog.Create(path), plan, new RunState(plan.Content));
        journal.Append(new JournalLine { Plan = plan });
        await journal.FlushAsync();
        return journal;
    }

    /// <summary>Opens the journal of an interrupted run; a torn tail is cut off.</summary>
    /// <exception cref="AssayException">The file is missing, is no journal (2), or someone else writes to it (4).</exception>
    public static RunJournal Open(string path)
    {
        if (!File.Exists(path))
        {
            throw AssayException.Usage($"There is no journal at '{path}'.", "`assay eval list` shows the runs that are there.");
        }

        RunPlan? plan = null;
        RunState? state = null;
        var log = RecordLog.Open(
            path,
            (_, record) =>
            {
                var line = Parse(record, path);
                if (plan is null)
                {
                    plan = line.Plan;
                    state = plan is null ? null : new RunState(plan.Content);
                }
                else
                {
                    state!.Add(line);
                }
            },
            out _
        );
        if (plan is null)
        {
            log.Dispose();
            throw NoPlan(path);
        }

        return new RunJournal(log, plan, state!);
    }

    /// <summary>Adds a record; it survives the end of the process when this returns.</summary>
    /// <exception cref="AssayException">The file cannot be written: disk full (exit code 4).</exception>
    public void Append(JournalLine line)
    {
        log.Append(JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Readable.JournalLine));
        log.Push();
    }

    /// <summary>Completes when everything appended before is on disk.</summary>
    public Task FlushAsync() => log.FlushAsync();

    public ValueTask DisposeAsync() => log.DisposeAsync();

    internal static JournalLine Parse(ReadOnlySpan<byte> record, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(record, JournalJson.Readable.JournalLine) ?? throw NoPlan(path);
        }
        catch (JsonException e)
        {
            throw AssayException.Usage(
                $"'{path}' was written by another version of Assay: {e.Message}",
                "Resume it with that version, or run the benchmark anew.",
                e
            );
        }
    }

    internal static AssayException NoPlan(string path) =>
        AssayException.Usage($"'{path}' holds no plan of a run.", "The run was stopped before it began: run the benchmark anew.");
}
