using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using Assay.Files;
using Microsoft.Win32.SafeHandles;

namespace Assay.Models.Caching;

/// <summary>
/// Answers in the files of a folder. Each process that adds writes a file of its own, so that none waits for another; an index of keys and places is kept in memory, the
/// answers stay on disk. A record is key (32 bytes), duration in ms (8 bytes), body. Safe for several threads.
/// </summary>
internal sealed class SegmentStore : IDisposable
{
    private const string Extension = ".responses";
    private const int PrefixBytes = CacheKey.Bytes;
    private const int MaxFilesInAMillisecond = 99;
    private const int HeadBytes = CacheKey.Bytes + sizeof(double);

    private readonly string folder;
    private readonly TimeProvider time;
    private readonly long maxBytes;
    private readonly Lock gate = new();

    // Oldest first, bounded by maxBytes; the one that is written to is last.
    private readonly List<Segment> segments;

    // One entry for each record, so bounded by maxBytes too.
    private readonly ConcurrentDictionary<CacheKey, Place> places;
    private RecordLog? log;
    private bool unwritable;
    private Counts counts;

    private SegmentStore(string folder, TimeProvider time, long maxBytes, List<Segment> segments, ConcurrentDictionary<CacheKey, Place> places)
    {
        this.folder = folder;
        this.time = time;
        this.maxBytes = maxBytes;
        this.segments = segments;
        this.places = places;
        counts.TornBytes = segments.Sum(s => s.TornBytes);
    }

    public CacheReport Report
    {
        get
        {
            lock (gate)
            {
                return new CacheReport(
                    places.Count,
                    Size,
                    Interlocked.Read(ref counts.Hits),
                    Interlocked.Read(ref counts.Misses),
                    counts.Added,
                    counts.Lost,
                    Interlocked.Read(ref counts.Damaged),
                    counts.TornBytes,
                    counts.DroppedFiles,
                    counts.DroppedBytes
                );
            }
        }
    }

    private long Size => segments.Sum(s => s.Bytes) + (log?.Length ?? 0);

    /// <summary>A file takes an eighth of the room at most, so that dropping the oldest leaves most of the answers.</summary>
    private long SegmentBytes => Math.Max(1, maxBytes / 8);

    public static SegmentStore Open(string folder, TimeProvider time, long maxBytes)
    {
        var places = new ConcurrentDictionary<CacheKey, Place>();
        var segments = new List<Segment>();
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var path in files)
        {
            var segment = new Segment(path, RecordLogReader.Open(path));
            var end = RecordLogReader.ReadPrefixes(
                path,
                PrefixBytes,
                (offset, length, prefix) =>
                {
                    if (length >= HeadBytes)
                    {
                        places[CacheKey.Read(prefix)] = new Place(segment, offset, length);
                    }
                }
            );
            segment.Bytes = end.GoodBytes + end.LeftBytes;
            segment.TornBytes = end.LeftBytes;
            segments.Add(segment);
        }

        return new SegmentStore(folder, time, maxBytes, segments, places);
    }

    public CachedAnswer? Find(in CacheKey key)
    {
        if (places.TryGetValue(key, out var place) && Read(key, place) is { } answer)
        {
            Interlocked.Increment(ref counts.Hits);
            return answer;
        }

        Interlocked.Increment(ref counts.Misses);
        return null;
    }

    public void Add(in CacheKey key, CachedAnswer answer)
    {
        lock (gate)
        {
            if (unwritable)
            {
                counts.Lost++;
                return;
            }

            try
            {
                Write(key, answer);
                counts.Added++;
            }
            catch (Exception e) when (e is AssayException or IOException or UnauthorizedAccessException)
            {
                // The answer is paid for and goes to who asked; only its keeping is lost.
                unwritable = true;
                counts.Lost++;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            try
            {
                log?.Dispose();
            }
            catch (AssayException)
            {
                // A cache that cannot be written is no reason to fail work that is done; the answers were counted when they were added.
                counts.Lost++;
            }

            segments.ForEach(s => s.Dispose());
        }
    }

    private CachedAnswer? Read(in CacheKey key, Place place)
    {
        var bytes = new byte[place.Length];
        try
        {
            if (RecordLogReader.TryRead(place.Segment.File, place.Offset, bytes) && CacheKey.Read(bytes) == key)
            {
                return new CachedAnswer(bytes.AsMemory(HeadBytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(CacheKey.Bytes)));
            }
        }
        catch (ObjectDisposedException)
        {
            // Its file was dropped a moment ago.
            return null;
        }

        Interlocked.Increment(ref counts.Damaged);
        places.TryRemove(new(key, place));
        return null;
    }

    private void Write(in CacheKey key, CachedAnswer answer)
    {
        var length = HeadBytes + answer.Body.Length;
        var record = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            key.Write(record);
            BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(CacheKey.Bytes), answer.DurationMs);
            answer.Body.Span.CopyTo(record.AsSpan(HeadBytes));
            var writing = Writing();
            writing.Append(record.AsSpan(0, length));
            // Handed to the system at once: kill -9 loses no answer that was paid for. Dispose forces it to the disk.
            writing.Push();
            places[key] = new Place(segments[^1], writing.Length - length, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
        }
    }

    private RecordLog Writing()
    {
        if (log is { } current && current.Length < SegmentBytes)
        {
            return current;
        }

        if (log is { } full)
        {
            segments[^1].Bytes = full.Length;
            full.Dispose();
            log = null;
        }

        Drop();
        var (path, created) = CreateFile();
        log = created;
        segments.Add(new Segment(path, RecordLogReader.Open(path)));
        return log;
    }

    private void Drop()
    {
        while (segments.Count > 0 && segments.Sum(s => s.Bytes) > maxBytes - SegmentBytes)
        {
            var oldest = segments[0];
            segments.RemoveAt(0);
            oldest.Dispose();
            File.Delete(oldest.Path);
            counts.DroppedFiles++;
            counts.DroppedBytes += oldest.Bytes;
            foreach (var gone in places.Where(p => ReferenceEquals(p.Value.Segment, oldest)).ToList())
            {
                places.TryRemove(gone);
            }
        }
    }

    /// <summary>A file of its own, whoever else makes one in the same millisecond.</summary>
    private (string Path, RecordLog Log) CreateFile()
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stamp}-{Environment.ProcessId}-{number:00}{Extension}"));
            try
            {
                return (path, RecordLog.Create(path));
            }
            catch (AssayException) when (File.Exists(path) && number < MaxFilesInAMillisecond)
            {
                // Somebody else's: the next number is free.
            }
        }
    }

    /// <summary>Where an answer is.</summary>
    private sealed record Place(Segment Segment, long Offset, int Length);

    private sealed class Segment(string path, SafeFileHandle file) : IDisposable
    {
        public string Path => path;

        public SafeFileHandle File => file;

        public long Bytes { get; set; }

        public long TornBytes { get; set; }

        public void Dispose() => file.Dispose();
    }

    private struct Counts
    {
        public long Hits;
        public long Misses;
        public long Damaged;
        public long Added;
        public long Lost;
        public long TornBytes;
        public long DroppedFiles;
        public long DroppedBytes;
    }
}
