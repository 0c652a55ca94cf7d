using Assay.Experimentation.Assignment;
using Assay.Experimentation.Flags.Conditions;
using Assay.Flags;

namespace Assay.Experimentation.Experiments;

/// <summary>An experiment that can be asked for a unit's arm. Never changes.</summary>
internal sealed class Experiment
{
    private readonly Condition[] audience;
    private readonly Draw layerDraw;
    private readonly Draw trafficDraw;
    private readonly Draw armDraw;
    private readonly Choice choice;
    private readonly string[] arms;

    internal Experiment(ExperimentFile definition, ExperimentShares shares, Condition[] audience)
    {
        Definition = definition;
        Shares = shares;
        this.audience = audience;
        layerDraw = new Draw(DrawPurpose.Layer, definition.Layer ?? "");
        trafficDraw = new Draw(DrawPurpose.Traffic, Salt);
        armDraw = new Draw(DrawPurpose.Arm, Salt);
        choice = new Choice(shares.Arms);
        arms = [.. shares.Arms.Select(a => a.Variant)];
    }

    /// <summary>As it was written.</summary>
    public ExperimentFile Definition { get; }

    /// <summary>Its name.</summary>
    public string Name => Definition.Name;

    /// <summary>Part of every exposure.</summary>
    public int Version => Definition.Version;

    /// <summary>Names of the arms in the order of their declaration.</summary>
    public IReadOnlyList<string> Arms => arms;

    /// <summary>Its shares in millionths.</summary>
    public ExperimentShares Shares { get; }

    /// <summary>What it draws with.</summary>
    public string Salt => Definition.Salt ?? Definition.Name;

    /// <summary>The arm of a unit; null when it takes no part: the experiment does not run, the unit has no key, or it is outside of audience, slots or traffic. Allocates nothing.</summary>
    public string? Arm(in Unit unit) => Definition.Running && unit.Key.Length > 0 && IsMember(in unit) ? ArmOf(unit.Key) : null;

    /// <summary>The arm that a key has or would have once it takes part: it depends on nothing but salt and weights.</summary>
    public string ArmOf(string key) => arms[ArmIndexOf(key)];

    /// <summary>Its place among <see cref="Arms"/>.</summary>
    public int ArmIndexOf(string key) => choice.Of(armDraw.Bits(key));

    /// <summary>The same experiment, running for everybody, at another share of the traffic in millionths.</summary>
    public Experiment WithTraffic(int millionths) => new(Definition.AsRunning(), Shares with { Traffic = millionths, Slots = null }, []);

    private bool IsMember(in Unit unit)
    {
        var key = unit.Key;
        if (Shares.Slots is { } slots && !slots.Has(layerDraw.Position(key)))
        {
            return false;
        }

        if (Shares.Traffic < Draw.Steps && trafficDraw.Position(key) >= Shares.Traffic)
        {
            return false;
        }

        foreach (var condition in audience)
        {
            if (!condition.Holds(in unit))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Shares of an experiment in millionths.</summary>
/// <param name="Traffic">Of the units that could take part.</param>
/// <param name="Slots">Its part of the layer; null: all units.</param>
/// <param name="Arms">Weights.</param>
internal sealed record ExperimentShares(int Traffic, SlotRange? Slots, IReadOnlyList<Share> Arms);

/// <summary>Positions from <paramref name="From"/> up to but without <paramref name="To"/>.</summary>
internal readonly record struct SlotRange(int From, int To)
{
    public bool Has(int position) => position >= From && position < To;

    public bool Overlaps(SlotRange other) => From < other.To && other.From < To;
}
