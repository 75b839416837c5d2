package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Field names a fact of a case that can be written and written again. Two
// people who write the same one without knowing of each other conflict; of
// different ones they merge.
type Field string

// The fields of a case, after GB/T 31000 矛盾纠纷排查化解; append-only.
const (
	FieldCategory   Field = "category"
	FieldChannel    Field = "channel"
	FieldTitle      Field = "title"
	FieldFacts      Field = "facts"
	FieldHappenedOn Field = "happened_on"
	FieldDivision   Field = "place.division"
	FieldDetail     Field = "place.detail"
	FieldPeople     Field = "people"

	FieldScale           Field = "scale"            // 事件规模
	FieldCause           Field = "cause"            // 成因, for prevention at the root
	FieldBacklog         Field = "backlog"          // 积案: carried over for years
	FieldCrossRegion     Field = "cross_region"     // 跨区域
	FieldCrossTrade      Field = "cross_trade"      // 跨行业
	FieldCrossDepartment Field = "cross_department" // 跨部门
	FieldOrigin          Field = "origin"           // 案件来源
	FieldAmount          Field = "amount"           // 涉案金额, yuan
)

// commonFields are the fields that every kind of matter has, in the order of the
// intake form: what, who, where and when; all else can wait (More). 事件简述 is at most 2000 characters in GB/T 31000, 涉及人数 1 to 9999.
var commonFields = []FieldSpec{
	{Name: string(FieldCategory), Type: TypeCode, Table: catalogue.TableCategories, Required: true},
	{Name: string(FieldTitle), Type: TypeText, Max: 80, Required: true},
	{Name: string(FieldFacts), Type: TypeLong, Max: 2000, Required: true},
	{Name: string(FieldDivision), Type: TypeDivision, Required: true},
	{Name: string(FieldHappenedOn), Type: TypeDate, Past: true},
	{Name: string(FieldDetail), Type: TypeText, Max: maxLine, More: true},
	{Name: string(FieldPeople), Type: TypeNumber, Max: 9999, More: true},
	{Name: string(FieldChannel), Type: TypeCode, Table: catalogue.TableChannels, More: true},
}

// weighing are the fields by which a matter is weighed and routed.
var weighing = slices.Concat([]FieldSpec{
	{Name: string(FieldScale), Type: TypeCode, Table: catalogue.TableScales, More: true},
	{Name: string(FieldCause), Type: TypeCode, Table: catalogue.TableCauses, More: true},
	{Name: string(FieldBacklog), Type: TypeChoice, Choices: yesNo, More: true},
}, crossings)

// crossings are the flags of a matter that goes beyond one unit.
var crossings = []FieldSpec{
	{Name: string(FieldCrossRegion), Type: TypeChoice, Choices: yesNo, More: true},
	{Name: string(FieldCrossTrade), Type: TypeChoice, Choices: yesNo, More: true},
	{Name: string(FieldCrossDepartment), Type: TypeChoice, Choices: yesNo, More: true},
}

var yesNo = []string{"yes", "no"}

// FieldsOfMatter returns the specs of the fields of a kind of matter, in the order
// of the intake form; of a kind that is not known, those that every kind has.
func FieldsOfMatter(m Matter) []FieldSpec {
	if t, ok := TableOf(m); ok {
		return t.Fields
	}
	return commonFields
}

// AllFields are the specs of the fields of all kinds of matter, each once.
var AllFields []FieldSpec

// CaseField returns the spec of a field of any kind of matter.
func CaseField(f Field) (FieldSpec, bool) {
	i := slices.IndexFunc(AllFields, func(s FieldSpec) bool { return s.Name == string(f) })
	if i < 0 {
		return FieldSpec{}, false
	}
	return AllFields[i], true
}

// Fields are values by field, as text.
type Fields map[Field]string

// unknown reports whether fs holds a field that this version does not know.
func (fs Fields) unknown() bool {
	for f := range fs {
		if _, ok := CaseField(f); !ok {
			return true
		}
	}
	return false
}

// check finds the faults of fs against the specs; whole means that required fields
// must be there.
func (fs Fields) check(specs []FieldSpec, ix Lookup, whole bool) []Fault {
	var faults []Fault
	for _, spec := range specs {
		value, given := fs[Field(spec.Name)]
		if !given && !whole {
			continue
		}
		if p, limit := CheckValue(spec, value, ix); p != "" {
			faults = append(faults, Fault{Field: spec.Name, Problem: p, Limit: limit})
		}
	}
	for f := range fs {
		if !slices.ContainsFunc(specs, func(s FieldSpec) bool { return s.Name == string(f) }) {
			faults = append(faults, Fault{Field: string(f), Problem: UnknownField})
		}
	}
	return faults
}

// Party is a person or organisation that a case concerns. An identity number is
// optional: the legal forms before an agreement do not ask for one
// (个人信息保护法 art. 6).
type Party struct {
	Element  ElementID `codec:"element"`
	Role     string    `codec:"role" ask:"choice=applicant|respondent|other,required"`
	Name     string    `codec:"name" ask:"text,max=80,required"`
	Phone    string    `codec:"phone,omitempty" ask:"text,max=40"`
	IDType   string    `codec:"id_type,omitempty" ask:"code=id_types"`
	IDNumber string    `codec:"id_number,omitempty" ask:"text,max=40"`
	Gender   string    `codec:"gender,omitempty" ask:"code=genders"`
	Address  string    `codec:"address,omitempty" ask:"text"`
}

// PartyFields are the specs of a party's fields.
func PartyFields() []FieldSpec { return FieldsOf(new(PartyAdded)) }
