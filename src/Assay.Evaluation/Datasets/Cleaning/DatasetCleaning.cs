namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>What a cleaning does.</summary>
internal sealed record CleaningPlan
{
    /// <summary>Which cases stay, asked in this order.</summary>
    public IReadOnlyList<ICaseFilter> Filters { get; init; } = [];

    /// <summary>Words that go, beside what the rules find; null for none.</summary>
    public WordList? Words { get; init; }

    /// <summary>Fields that are left out.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether every case, cluster and document gets a new name; otherwise only where something personal is among them.</summary>
    public bool RenamesAll { get; init; }
}

/// <summary>Makes a dataset that may be handed on of one that may not: filters first, then what is personal is taken out.</summary>
internal static class DatasetCleaning
{
    /// <summary>Reads a dataset twice, writes the clean one, and says what was done.</summary>
    /// <param name="from">The dataset.</param>
    /// <param name="to">The file of the clean one, <c>.jsonl</c> or <c>.jsonl.gz</c>; replaced when it is there.</param>
    /// <param name="plan">What is done.</param>
    /// <exception cref="AssayException">Nothing is left, or a case cannot be cleaned (2), or the file cannot be written (4); then nothing is written.</exception>
    public static CleaningManifest Clean(Dataset from, string to, CleaningPlan plan)
    {
        var texts = new TextStripping(plan.Words);
        var names = CaseNames.For(from.Read().Where(one => plan.Filters.All(filter => filter.Drops(one) is null)), texts, plan.RenamesAll);
        var stripping = new CaseStripping(texts, names, plan.Without);
        var dropped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var flags = new FlagSnapshots();
        CaseWriter.Write(to, AtLeastOne(Kept(from, plan, dropped).Select(stripping.Strip).Select(Counted), dropped));
        var clean = Dataset.Open(to).Identity;
        return new CleaningManifest(clean.Name, clean.Hash, clean.Cases, clean.Clusters, SourceFacts.Of(from.Identity))
        {
            Filters = [.. plan.Filters.Select(filter => filter.Applied)],
            Dropped = dropped,
            Removed = texts.Removed,
            Changed = stripping.Changed,
            Renamed = [.. Renamed(names)],
            FieldsRemoved = [.. plan.Without.Order(StringComparer.Ordinal)],
            Words = plan.Words is { } words ? new AppliedFilter("words", words.Sha256) { Entries = words.Count } : null,
            Flags = flags.Counts,
        };

        Case Counted(Case one)
        {
            flags.Add(one);
            return one;
        }
    }

    private static IEnumerable<Case> Kept(Dataset from, CleaningPlan plan, SortedDictionary<string, int> dropped)
    {
        foreach (var one in from.Read())
        {
            var reason = plan.Filters.Select(filter => filter.Drops(one)).FirstOrDefault(why => why is not null);
            if (reason is null)
            {
                yield return one;
            }
            else
            {
                dropped[reason] = dropped.GetValueOrDefault(reason) + 1;
            }
        }
    }

    private static IEnumerable<Case> AtLeastOne(IEnumerable<Case> cases, SortedDictionary<string, int> dropped)
    {
        var any = false;
        foreach (var one in cases)
        {
            any = true;
            yield return one;
        }

        if (!any)
        {
            throw AssayException.Usage(
                $"No case is left: {string.Join("; ", dropped.Select(why => $"{why.Value:#,0} × {why.Key}"))}.",
                "Loosen a filter; nothing was written."
            );
        }
    }

    private static IEnumerable<string> Renamed(CaseNames names) =>
        new (string Sort, Pseudonyms? Names)[] { ("cases", names.Cases), ("clusters", names.Clusters), ("documents", names.Documents) }
            .Where(sort => sort.Names is { Count: > 0 })
            .Select(sort => sort.Sort);
}
