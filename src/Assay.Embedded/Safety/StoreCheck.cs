using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Safety;

/// <summary>What a kit of the store checks in its own tables.</summary>
/// <param name="Name">What is checked, a word.</param>
/// <param name="FindProblems">Finds problems, each a sentence that names the place; it may find any number, the first hundred are read.</param>
internal sealed record StoreCheck(string Name, Func<SqliteConnection, IEnumerable<string>> FindProblems);
