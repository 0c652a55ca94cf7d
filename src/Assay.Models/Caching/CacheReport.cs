namespace Assay.Models.Caching;

/// <summary>What a response cache holds and did.</summary>
/// <param name="Entries">Answers that it knows.</param>
/// <param name="Bytes">Size of its files.</param>
/// <param name="Hits">Calls that it answered.</param>
/// <param name="Misses">Calls that it could not answer.</param>
/// <param name="Added">Answers added.</param>
/// <param name="Lost">Answers that could not be written: the disk is full or the folder is not writable.</param>
/// <param name="Damaged">Answers found damaged when they were wanted.</param>
/// <param name="TornBytes">Bytes at the ends of files that a crash tore.</param>
/// <param name="DroppedFiles">Files dropped to stay below the size.</param>
/// <param name="DroppedBytes">Their size.</param>
public sealed record CacheReport(
    long Entries,
    long Bytes,
    long Hits,
    long Misses,
    long Added,
    long Lost,
    long Damaged,
    long TornBytes,
    long DroppedFiles,
    long DroppedBytes
);
