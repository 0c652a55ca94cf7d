namespace Assay.Embedded.Safety;

/// <summary>The files of a restore beside the database. <see cref="Ready"/> stands from the moment the old database begins to move until the new one is in place.</summary>
/// <param name="Unpacking">The new database while it is unpacked and checked.</param>
/// <param name="Ready">The new database, checked.</param>
/// <param name="Before">The old database.</param>
internal sealed record RestorePlaces(string Unpacking, string Ready, string Before)
{
    /// <summary>The objects.</summary>
    public required string Objects { get; init; }

    /// <summary>The new objects while they are unpacked, and until they are in place.</summary>
    public string NewObjects => Objects + ".restoring";

    /// <summary>The old objects.</summary>
    public string ObjectsBefore => Objects + ".before-restore";

    public static RestorePlaces Of(string database) =>
        new(database + ".restoring.partial", database + ".restoring", database + ".before-restore")
        {
            Objects = ObjectFiles.FolderIn(Path.GetDirectoryName(database)!),
        };
}
