import type { DicomFile } from "./dicom/data-set.ts";
import { readPixelSpacing } from "./dicom/pixel-spacing.ts";
import { tags } from "./dicom/tags.ts";
import { readNumber, readText } from "./dicom/values.ts";
import type { View } from "./studies/view.ts";

/** What a library keeps of a DICOM file beside its picture: nothing that identifies a person. */
export type DicomFacts = {
  /** Keyed hash of the patient, the same in all files of the patient. */
  patientId: string;
  /** Keyed hash of the instance: a UID below 2.25. */
  instanceId: string;
  metadata: {
    /** Keyed hashes of study and series, where the file names them. */
    studyId?: string;
    seriesId?: string;
    /** Defined terms of the standard; a term that it does not know is left out. */
    modality?: string;
    view?: string;
    plane?: "frontal" | "lateral" | "oblique" | "decubitus";
    bodyPart?: string;
    photometric?: string;
    rows?: number;
    columns?: number;
    frames?: number;
    /** Millimeters between rows and between columns, and whether in the patient or at the detector. */
    spacing?: { row: number; column: number; plane: "patient" | "detector" };
  };
};

/** In the file meta information, which de-identification writes anew in every file. */
const storedInstance = 0x00020003;
const patient = 0x00100020;
const study = 0x0020000d;
const series = 0x0020000e;

/** The facts of a file that was de-identified; `view` is known of its original, whose descriptions may tell it in words. */
export function readFacts({ meta, dataSet }: DicomFile, view: View | undefined): DicomFacts {
  const metadata = {
    studyId: readText(dataSet, study),
    seriesId: readText(dataSet, series),
    modality: known(modalities, readText(dataSet, tags.modality)),
    view: view?.position ?? known(views, readText(dataSet, tags.viewPosition)),
    plane: view?.plane,
    bodyPart: known(bodyParts, readText(dataSet, tags.bodyPart)),
    photometric: known(photometrics, readText(dataSet, tags.photometricInterpretation)),
    rows: readNumber(dataSet, tags.rows),
    columns: readNumber(dataSet, tags.columns),
    frames: readNumber(dataSet, tags.numberOfFrames),
    spacing: readPixelSpacing(dataSet),
  };
  const given = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return {
    patientId: readText(dataSet, patient) ?? "",
    instanceId: readText(meta, storedInstance) ?? "",
    metadata: Object.fromEntries(given),
  };
}

function known(terms: ReadonlySet<string>, text: string | undefined): string | undefined {
  const term = text?.toUpperCase();
  return term !== undefined && terms.has(term) ? term : undefined;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** PS3.3 C.7.3.1.1.1, with the retired ones that old files have. */
const modalities = words(`
  AR ASMT AU BDUS BI BMD CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO IOL IVOCT IVUS KER KO LEN LS M3D MG MR
  NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD
  RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA XA XAPROTOCOL XC AS CD CF CP CS DD DF DM DS EC FA FS LP MA MS OPR
  ST VF
`);

/** Those that the reader of views leaves out: of mammograms and of what devices write (PS3.3 C.8.11.7, CID 4014). */
const views = words(`
  AP PA LL RL RLD LLD RLO LLO LAT LATERAL LPO RPO LAO RAO CC MLO ML LM LMO XCC XCCL XCCM FB SIO ISO CV AT TAN ROLL AXIAL DECUB
`);

/** PS3.3 C.7.6.3.1.2. */
const photometrics: ReadonlySet<string> = new Set([
  "MONOCHROME1",
  "MONOCHROME2",
  "PALETTE COLOR",
  ..."RGB YBR_FULL YBR_FULL_422 YBR_PARTIAL_422 YBR_PARTIAL_420 YBR_RCT YBR_ICT XYB".split(" "),
]);

/** PS3.16 table L-1, those of radiography, and a few that devices write. */
const bodyParts = words(`
  ABDOMEN ABDOMENPELVIS ANKLE AORTA ARM ARTERY BLADDER BONE BRAIN BREAST BRONCHUS CALCANEUS CAROTID CHEST CHESTABDOMEN CHESTABDPELVIS
  CLAVICLE COCCYX COLON CSPINE CTSPINE DUODENUM EAR ELBOW ESOPHAGUS EXTREMITY EYE FACE FEMUR FINGER FOOT FOREARM HAND HEAD HEADNECK
  HEART HIP HUMERUS JAW KIDNEY KNEE LEG LIVER LSPINE LSSPINE LUNG MANDIBLE MAXILLA MEDIASTINUM NECK NECKCHEST ORBIT OVARY PANCREAS
  PELVIS PROSTATE RIB RIBS SCAPULA SHOULDER SKULL SPINE SPLEEN STERNUM STOMACH THIGH THORAX THUMB TIBIA TLSPINE TOE TSPINE UTERUS
  VEIN WHOLEBODY WRIST ZYGOMA
`);
