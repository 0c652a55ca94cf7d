using System.Security.Cryptography;
using Assay.Catalogs;
using Assay.Redacting;

namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Keeps out the cases of channels that a team has named, with the reasons that it gave.</summary>
internal sealed class ChannelBlacklist : ICaseFilter
{
    /// <summary>The file's name in the catalog.</summary>
    public const string FileName = "channel_blacklist.yaml";

    /// <summary>The field of a case that names its channel; a case without it is of the channel that its cluster names.</summary>
    public const string Field = "channel";

    /// <summary>The most entries: a longer list is a rule, not a list.</summary>
    public const int MostEntries = 10_000;

    private static readonly string[] Addresses = ["https://", "http://", "www.", "t.me/", "telegram.me/", "s/", "@"];

    private readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> met = new(StringComparer.Ordinal);

    private ChannelBlacklist(string sha256) => Applied = new AppliedFilter("channel_blacklist", sha256);

    public AppliedFilter Applied { get; private set; }

    /// <summary>Entries that no case was of: perhaps a misspelt name.</summary>
    public int Unmatched => reasons.Count - met.Count;

    /// <exception cref="AssayException">The file cannot be read, or an entry is wrong (exit code 2); the message names its line.</exception>
    public static ChannelBlacklist Read(string path)
    {
        var files = CatalogFile.Read<BlacklistFile>(path);
        var list = new ChannelBlacklist(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        foreach (var entry in files.SelectMany(file => file.Channels ?? []))
        {
            list.Add(entry);
        }

        list.Applied = list.Applied with { Entries = list.reasons.Count };
        return list;
    }

    public string? Drops(Case one)
    {
        var channel = Plain(one.Fields.GetValueOrDefault(Field) ?? one.Cluster ?? "");
        if (!reasons.TryGetValue(channel, out var reason))
        {
            return null;
        }

        met.Add(channel);
        return $"{Applied.Filter}: {reason}";
    }

    private void Add(BlacklistEntry entry)
    {
        var channel = Plain(entry.Channel);
        if (channel.Length == 0 || string.IsNullOrWhiteSpace(entry.Reason))
        {
            throw entry.Place.Error(
                "A channel of the blacklist needs a name and a reason.",
                "Write '- channel: name' and 'reason: why its posts are no data'."
            );
        }

        if (entry.Reason.Contains(channel, StringComparison.OrdinalIgnoreCase) || Redaction.IsNeeded(entry.Reason))
        {
            throw entry.Place.Error("The reason names somebody, and the manifest shows reasons.", "Say what is wrong with the posts, not whose they are.");
        }

        if (!reasons.TryAdd(channel, entry.Reason.Trim()) || reasons.Count > MostEntries)
        {
            throw entry.Place.Error($"'{entry.Channel}' stands twice, or the list is longer than {MostEntries:#,0}.", "Keep one entry of a channel.");
        }
    }

    /// <summary>The channel's name whatever way it was written.</summary>
    internal static string Plain(string channel)
    {
        var name = channel.Trim().ToLowerInvariant();
        foreach (var part in Addresses)
        {
            name = name.StartsWith(part, StringComparison.Ordinal) ? name[part.Length..] : name;
        }

        return name.TrimEnd('/');
    }
}
