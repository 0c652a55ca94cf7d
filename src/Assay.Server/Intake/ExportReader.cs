using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>Reads an export request: resources, in them scopes, in them items. Those of traces and logs have the same field numbers.</summary>
internal sealed class ExportReader(SourceTable sources, IItemReader items)
{
    /// <summary>Adds the events of the delivery's message to it.</summary>
    /// <returns>The first fault when the message is not well formed; the delivery must be dropped then.</returns>
    public WireProblem Read(Delivery delivery)
    {
        var problem = default(WireProblem);
        var request = new ProtoReader(delivery.Body.Span, ref problem);
        var count = 0;
        while (request.Next(out var tag))
        {
            if (tag == ExportTag.Resources)
            {
                ReadResource(request.Message(), delivery, ref count, ref problem);
            }
            else
            {
                request.Skip(tag);
            }
        }

        return problem;
    }

    private void ReadResource(ProtoReader group, Delivery delivery, ref int count, ref WireProblem problem)
    {
        // A resource may follow its scopes: protobuf has no order of fields.
        var resource = Find(group, ResourceGroupTag.Resource);
        while (group.Next(out var tag))
        {
            if (tag == ResourceGroupTag.Scopes)
            {
                ReadScope(group.Message(), resource, delivery, ref count, ref problem);
            }
            else
            {
                group.Skip(tag);
            }
        }
    }

    private void ReadScope(ProtoReader group, Slice resource, Delivery delivery, ref int count, ref WireProblem problem)
    {
        var scope = Find(group, ScopeGroupTag.Scope);
        var source = problem.IsPresent ? null : sources.Get(resource, scope, delivery.Tally, ref problem);
        while (source is not null && group.Next(out var tag))
        {
            if (tag == ScopeGroupTag.Items)
            {
                ReadItem(group.Message(), source, delivery, ref count, ref problem);
            }
            else
            {
                group.Skip(tag);
            }
        }
    }

    private void ReadItem(ProtoReader item, TelemetrySource source, Delivery delivery, ref int count, ref WireProblem problem)
    {
        if (problem.IsPresent)
        {
            return;
        }

        if (++count > IntakeLimits.Items)
        {
            delivery.Tally.Reject($"a request may have {IntakeLimits.Items} items and has more: send smaller batches");
            return;
        }

        items.Read(item, delivery.Body.Slice(item.Offset, item.Length), source, delivery, ref problem);
    }

    // The last one counts, where protobuf would merge: no sender splits a resource.
    private static Slice Find(ProtoReader group, uint wanted)
    {
        var found = default(Slice);
        while (group.Next(out var tag))
        {
            if (tag == wanted)
            {
                var bytes = group.Bytes();
                found = new Slice(bytes, group.Offset - bytes.Length);
            }
            else
            {
                group.Skip(tag);
            }
        }

        return found;
    }
}

/// <summary>A nested message and where it stands in the outermost one.</summary>
internal readonly ref struct Slice(ReadOnlySpan<byte> bytes, int offset)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Offset { get; } = offset;
}
