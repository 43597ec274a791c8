// In place of the second form of `@libsql/hrana-client`'s protocol: over HTTP its client speaks version 2, which is JSON.

function refuseProtobuf(): never {
  throw new Error("the ledger is spoken to in JSON");
}

export {
  refuseProtobuf as ClientMsg,
  refuseProtobuf as CursorEntry,
  refuseProtobuf as CursorReqBody,
  refuseProtobuf as CursorRespBody,
  refuseProtobuf as PipelineReqBody,
  refuseProtobuf as PipelineRespBody,
  refuseProtobuf as ServerMsg,
  refuseProtobuf as readProtobufMessage,
  refuseProtobuf as writeProtobufMessage,
};
