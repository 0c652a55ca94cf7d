using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Exposures;

/// <summary>An exposure or an outcome that waits for the hub.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Unit">The unit as a number: its key never leaves the service.</param>
/// <param name="Name">The variant of an exposure, the metric of an outcome.</param>
/// <param name="Number">The version of the experiment of an exposure, the value of an outcome.</param>
/// <param name="Sequence">Counts the outcomes of this process; part of their key.</param>
/// <param name="At">When it happened.</param>
internal readonly record struct WaitingEvent(EventKind Kind, string Experiment, long Unit, string Name, double Number, long Sequence, DateTimeOffset At);
