using System.Collections.Concurrent;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>
/// The users of a stage. They ask at a fixed rate and do not wait for each other, as users do: a service that gets slow is asked no less. Who asks what is decided by a seed.
/// </summary>
internal sealed class RehearsalUsers(SampleClient service, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Questions a second.</summary>
    public const int PerSecond = 60;

    /// <summary>Users who ask by turns.</summary>
    public const int Count = 400;

    // Two seconds of questions; more than that wait only where the machine is too slow for the stage.
    private const int MostAtOnce = 2 * PerSecond;
    private const int Seed = 42;

    private static readonly string[] Questions =
    [
        "How do I roll back?",
        "who is allowed to undo a deployment at night",
        "how long does it take to return to an older image",
        "как откатить релиз",
        "нужно ли согласование, чтобы вернуть прежнюю версию сервиса",
        "What do I do when the error rate rises after a release?",
    ];

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, bool> hadCandidate = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private AskedQuestions asked = new(0, 0, 0, 0);
    private long notAsked;
    private Task? asking;

    /// <summary>Questions so far, as they were answered.</summary>
    public AskedQuestions Asked
    {
        get
        {
            lock (gate)
            {
                return asked;
            }
        }
    }

    /// <summary>Questions that were not asked, since too many waited for their answers.</summary>
    public long NotAsked => Interlocked.Read(ref notAsked);

    /// <summary>Who was answered by the candidate, in order; at most all of them.</summary>
    public IReadOnlyList<string> OfCandidate => [.. hadCandidate.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Begins to ask.</summary>
    public void Start() => asking = AskAsync(stop.Token);

    /// <summary>One user asks outside of the turn, and is not counted.</summary>
    public Task<AnsweredQuestion> AskAsync(string user, CancellationToken cancellationToken) => service.AskAsync(user, Questions[0], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (asking is not null)
        {
            await asking;
        }

        stop.Dispose();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond), time);
        var open = new HashSet<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                open.RemoveWhere(t => t.IsCompleted);
                var (user, question) = ($"rehearsal-user-{random.Next(Count):d3}", Questions[random.Next(Questions.Length)]);
                if (open.Count < MostAtOnce)
                {
                    open.Add(AskOnceAsync(user, question, cancellationToken));
                }
                else
                {
                    Interlocked.Increment(ref notAsked);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The rehearsal is over.
        }

        await Task.WhenAll(open);
    }

    private async Task AskOnceAsync(string user, string question, CancellationToken cancellationToken)
    {
        try
        {
            Note(user, await service.AskAsync(user, question, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this answer any more.
        }
    }

    private void Note(string user, AnsweredQuestion answer)
    {
        // Who got no answer at all was sent to whom they were sent before.
        var isCandidate = answer.IsCandidate ?? hadCandidate.ContainsKey(user);
        if (isCandidate)
        {
            hadCandidate[user] = true;
        }

        var hurt = answer.IsWell ? 0 : 1;
        lock (gate)
        {
            asked = isCandidate
                ? asked with
                {
                    Candidate = asked.Candidate + 1,
                    HurtOfCandidate = asked.HurtOfCandidate + hurt,
                }
                : asked with
                {
                    Control = asked.Control + 1,
                    HurtOfControl = asked.HurtOfControl + hurt,
                };
        }
    }
}
