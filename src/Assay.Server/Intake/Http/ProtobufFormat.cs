using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Http;

/// <summary>application/x-protobuf.</summary>
internal sealed class ProtobufFormat : OtlpFormat
{
    public override Transport Transport => Transport.HttpProtobuf;

    protected override string ContentType => "application/x-protobuf";

    public override BodyResult ToProtobuf(BodyResult body, Signal signal, ByteShare share) => body;

    protected override ReadOnlyMemory<byte> Response(Signal signal, IntakeOutcome outcome) => Messages.Response(outcome);

    protected override ReadOnlyMemory<byte> Status(IntakeOutcome outcome) => Messages.Status(outcome);
}
