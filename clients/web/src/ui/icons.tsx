import {
  ArrowDown as ArrowDownShape,
  ArrowUp as ArrowUpShape,
  AtSign as AtSignShape,
  Building2 as Building2Shape,
  CalendarCheck as CalendarCheckShape,
  Check as CheckShape,
  ChevronDown as ChevronDownShape,
  ChevronLeft as ChevronLeftShape,
  ChevronRight as ChevronRightShape,
  CircleCheck as CircleCheckShape,
  CircleQuestionMark as CircleQuestionMarkShape,
  Clock as ClockShape,
  Copy as CopyShape,
  Ellipsis as EllipsisShape,
  EyeOff as EyeOffShape,
  Eye as EyeShape,
  FileText as FileTextShape,
  Hash as HashShape,
  History as HistoryShape,
  Info as InfoShape,
  Keyboard as KeyboardShape,
  KeyRound as KeyRoundShape,
  List as ListShape,
  Lock as LockShape,
  LogOut as LogOutShape,
  type LucideIcon,
  Megaphone as MegaphoneShape,
  Menu as MenuShape,
  MessagesSquare as MessagesSquareShape,
  Minus as MinusShape,
  MonitorSmartphone as MonitorSmartphoneShape,
  PanelRight as PanelRightShape,
  Pencil as PencilShape,
  Phone as PhoneShape,
  Plus as PlusShape,
  Printer as PrinterShape,
  RefreshCw as RefreshCwShape,
  Reply as ReplyShape,
  Search as SearchShape,
  SendHorizontal as SendHorizontalShape,
  Settings as SettingsShape,
  ShieldCheck as ShieldCheckShape,
  Trash2 as Trash2Shape,
  TriangleAlert as TriangleAlertShape,
  Upload as UploadShape,
  UserRoundCheck as UserRoundCheckShape,
  UserRoundCog as UserRoundCogShape,
  UserRound as UserRoundShape,
  Users as UsersShape,
  WifiOff as WifiOffShape,
  Wrench as WrenchShape,
  X as XShape,
} from 'lucide-react'

/** A sign beside words, never instead of them: it is hidden from readers. */
function sign(Shape: LucideIcon) {
  return function Sign() {
    return <Shape className="icon" aria-hidden="true" focusable="false" strokeWidth={1.75} />
  }
}

export const Eye = sign(EyeShape)
export const EyeOff = sign(EyeOffShape)
export const SearchIcon = sign(SearchShape)
export const X = sign(XShape)
export const Check = sign(CheckShape)
export const Minus = sign(MinusShape)
export const ChevronDown = sign(ChevronDownShape)
export const ChevronLeft = sign(ChevronLeftShape)
export const ChevronRight = sign(ChevronRightShape)
export const AlertTriangle = sign(TriangleAlertShape)
export const CheckCircle = sign(CircleCheckShape)
export const Info = sign(InfoShape)
export const RefreshCw = sign(RefreshCwShape)
export const Week = sign(CalendarCheckShape)
export const Talk = sign(MessagesSquareShape)
export const Users = sign(UsersShape)
export const Building = sign(Building2Shape)
export const Settings = sign(SettingsShape)
export const Help = sign(CircleQuestionMarkShape)
export const More = sign(EllipsisShape)
export const Lock = sign(LockShape)
export const Megaphone = sign(MegaphoneShape)
export const Reply = sign(ReplyShape)
export const Pencil = sign(PencilShape)
export const Trash = sign(Trash2Shape)
export const History = sign(HistoryShape)
export const Send = sign(SendHorizontalShape)
export const Plus = sign(PlusShape)
export const LogOut = sign(LogOutShape)
export const Switch = sign(UserRoundCogShape)
export const Phone = sign(PhoneShape)
export const Paper = sign(FileTextShape)
export const WifiOff = sign(WifiOffShape)
export const Keyboard = sign(KeyboardShape)
export const At = sign(AtSignShape)
export const Hash = sign(HashShape)
export const Shield = sign(ShieldCheckShape)
export const MenuLines = sign(MenuShape)
export const Wrench = sign(WrenchShape)
export const ArrowDown = sign(ArrowDownShape)
export const ArrowUp = sign(ArrowUpShape)
export const Clock = sign(ClockShape)
export const KeyIcon = sign(KeyRoundShape)
export const Copy = sign(CopyShape)
export const Printer = sign(PrinterShape)
export const Upload = sign(UploadShape)
export const Devices = sign(MonitorSmartphoneShape)
export const PanelRight = sign(PanelRightShape)
export const Narrow = sign(UserRoundCheckShape)
export const List = sign(ListShape)
export const Person = sign(UserRoundShape)
