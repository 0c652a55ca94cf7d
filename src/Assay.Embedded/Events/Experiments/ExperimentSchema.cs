using Assay.Embedded.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>
/// The tables of exposures and outcomes. What arrives is appended to <c>experiment_fresh</c> as it comes; from there it goes into runs, which are sorted by
/// experiment and unit, and smaller runs into larger ones. So each event is written a few times in long strokes, and never to a random place.
/// </summary>
internal static class ExperimentSchema
{
    public static readonly Migration Migration = new(
        3,
        """
        CREATE TABLE experiment_name(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, experiment INTEGER NOT NULL, version INTEGER NOT NULL,
          name TEXT NOT NULL, seen INTEGER NOT NULL);
        CREATE UNIQUE INDEX experiment_name_text ON experiment_name(experiment, kind, version, name);
        CREATE TABLE experiment_fresh(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE experiment_run(id INTEGER PRIMARY KEY, level INTEGER NOT NULL, state INTEGER NOT NULL, target INTEGER NOT NULL,
          exposures INTEGER NOT NULL, outcomes INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL);
        CREATE TABLE experiment_block(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, experiment INTEGER NOT NULL, last_unit INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX experiment_block_place ON experiment_block(run, experiment, last_unit);
        """
    );
}
