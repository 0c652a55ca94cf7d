namespace Assay.Stores;

/// <summary>Files by name: datasets, the cases of runs, evidence bundles. Safe for several threads at once.</summary>
/// <remarks>
/// A name is at most 512 characters in parts with <c>/</c> between; a part is 1 to 128 of <c>A-Z a-z 0-9 . _ -</c> and begins with a letter or a digit, so that
/// no name leaves its store. Two names differ in more than case, and a name is not the folder of another: <c>a</c> beside <c>a/b</c> may be refused.
/// </remarks>
public interface IObjectStore
{
    /// <summary>Stores an object whole or not at all, in place of the one of that name; on disk when the task completes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content, read to its end.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is stored then.</param>
    /// <returns>What was stored, with the hash of the bytes as they were written.</returns>
    /// <exception cref="AssayException">The name is not allowed (exit code 2), or the disk is full or cannot be written to (exit code 4).</exception>
    Task<StoredObject> PutAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>The content of an object; null when there is none. Who reads goes on reading the same content when it is replaced or deleted meanwhile.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="AssayException">The name is not allowed (exit code 2), or the store cannot be read (exit code 4).</exception>
    Task<Stream?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether there is an object of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AssayException">The name is not allowed (exit code 2).</exception>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Objects in the ordinal order of their names.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="AssayException">A bound is exceeded (exit code 2), or the store cannot be read (exit code 4).</exception>
    Task<IReadOnlyList<ObjectEntry>> ListAsync(ObjectQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="AssayException">The name is not allowed (exit code 2), or the store cannot be written to (exit code 4).</exception>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>An object that was stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its content, 64 lower-case hexadecimal digits.</param>
public sealed record StoredObject(string Name, long Bytes, string Sha256);

/// <summary>An object in a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="At">When it was stored.</param>
public sealed record ObjectEntry(string Name, long Bytes, DateTimeOffset At);

/// <summary>Which objects to list.</summary>
/// <param name="Prefix">What names begin with; empty for all.</param>
public sealed record ObjectQuery(string Prefix = "")
{
    /// <summary>Names after this one; null to begin with the first.</summary>
    public string? After { get; init; }

    /// <summary>How many at most; 1 to 10,000.</summary>
    public int Limit { get; init; } = 1_000;
}

/// <summary>What an object may be called.</summary>
public static class ObjectName
{
    /// <summary>The most characters of a name.</summary>
    public const int Longest = 512;

    /// <summary>The most characters between two slashes.</summary>
    public const int LongestPart = 128;

    /// <summary>Whether a name is allowed.</summary>
    public static bool IsAllowed(string name) => name.Length is > 0 and <= Longest && name.Split('/').All(IsPart);

    /// <exception cref="AssayException">The name is not allowed (exit code 2).</exception>
    public static void Check(string name)
    {
        if (!IsAllowed(name))
        {
            throw AssayException.Usage(
                $"'{Shown(name)}' cannot be the name of an object.",
                $"Give parts of 1 to {LongestPart} letters, digits and . _ - with / between, each begun by a letter or a digit, {Longest} characters in all."
            );
        }
    }

    private static bool IsPart(string part) =>
        part.Length is > 0 and <= LongestPart && char.IsAsciiLetterOrDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static string Shown(string name) => string.Concat(name.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
