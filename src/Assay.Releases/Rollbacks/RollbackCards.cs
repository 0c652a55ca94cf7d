using System.Text.Json;
using Assay.Files;
using Assay.Releases.Canaries;
using Assay.Releases.Files;

namespace Assay.Releases.Rollbacks;

/// <summary>The cards of a data folder: one small file a release in <c>rollbacks</c>, written whole or not at all.</summary>
/// <param name="dataFolder">The data folder.</param>
internal sealed class RollbackCards(string dataFolder)
{
    /// <summary>The folder of cards in a data folder.</summary>
    public const string Folder = "rollbacks";

    /// <summary>The most cards: with more, the oldest that are done go.</summary>
    public const int Most = 500;

    // Larger than any state that this program writes.
    private const long MostBytes = 4 << 20;

    private readonly string folder = Path.Combine(dataFolder, Folder);

    // What could not be written is in force in this process all the same.
    private readonly Dictionary<ReleaseId, RollbackCard> unwritten = [];
    private readonly Lock gate = new();

    /// <summary>Writes how a release would be rolled back; cards of its name that are done, or that nobody wants, go.</summary>
    /// <exception cref="AssayException">A rollback of this name is not done yet (exit code 2), or the folder cannot be written to (exit code 4).</exception>
    public void Arm(ReleaseId release, string service, SplitEntry split, DateTimeOffset now)
    {
        lock (gate)
        {
            var others = List().Where(c => c.Release.Name == release.Name).ToList();
            if (others.Find(c => c.IsInForce) is { } open)
            {
                throw AssayException.Usage(
                    $"The rollback of {open.Release} is not done yet: {open.Reason}",
                    "Wait until its traffic reads 0 and the records say so; see `assay canary status`."
                );
            }

            Save(
                new RollbackCard
                {
                    Release = release,
                    Service = service,
                    Split = split,
                    At = now,
                }
            );
            others.Where(c => c.Release != release).ToList().ForEach(c => Delete(c.Release));
        }
    }

    /// <summary>The card of a release; null when there is none or it cannot be read.</summary>
    public RollbackCard? Find(ReleaseId release)
    {
        lock (gate)
        {
            return unwritten.GetValueOrDefault(release) ?? Read(PathOf(release));
        }
    }

    /// <summary>Whether traffic of a release is to be 0.</summary>
    public bool IsWanted(ReleaseId release) => Find(release)?.IsInForce == true;

    /// <summary>All cards that can be read, by file name; others are as if they were not there.</summary>
    public IReadOnlyList<RollbackCard> List()
    {
        lock (gate)
        {
            var read = Files().Select(Read).OfType<RollbackCard>().Where(c => !unwritten.ContainsKey(c.Release));
            return [.. read.Concat(unwritten.Values).Take(Most)];
        }
    }

    /// <summary>Writes a card. What cannot be written counts in this process, and is written at the next occasion.</summary>
    /// <returns>Whether it is on disk.</returns>
    public bool Put(RollbackCard card)
    {
        lock (gate)
        {
            try
            {
                Save(card);
                unwritten.Remove(card.Release);
                return true;
            }
            catch (AssayException)
            {
                unwritten[card.Release] = card;
                return false;
            }
        }
    }

    private void Save(RollbackCard card)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(card, CanaryJson.Default.RollbackCard);
        AtomicFile.Write(PathOf(card.Release), stream => stream.Write(json));
    }

    private void Delete(ReleaseId release)
    {
        try
        {
            File.Delete(PathOf(release));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A card that nobody wants does nothing.
        }
    }

    private IEnumerable<string> Files()
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static RollbackCard? Read(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= MostBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CanaryJson.Default.RollbackCard)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // Names and versions are of letters that every file system takes; see ReleaseId.
    private string PathOf(ReleaseId release) => Path.Combine(folder, release + ".json");
}
