namespace Assay.Benchmarks.Sparse;

/// <summary>A search engine that indexes and searches one collection on one thread.</summary>
internal interface ISparseEngine : IDisposable
{
    string Name { get; }

    /// <summary>Builds the index anew, from texts in memory to closed files on disk, analysis included.</summary>
    IndexCost Index();

    /// <summary>Opens what <see cref="Index"/> built; it comes before searching.</summary>
    void Open();

    /// <summary>Answers as many queries as <paramref name="seconds"/> has places, each with its ten best documents, from its text on, and notes how long each took.</summary>
    void Search(Span<double> seconds);

    /// <summary>The ids of the ten best documents of every query, in the order of the queries.</summary>
    IReadOnlyList<IReadOnlyList<string>> Hits();
}

/// <summary>What building the index took, and its size on disk in bytes.</summary>
internal sealed record IndexCost(double Seconds, long Bytes);
