//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"casedesk/store/casework"
)

// The words that cases are made of: a few that are in nearly every report, many
// that are in some, names and places that are in few.
var (
	families = strings.Split("李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳", "")
	given    = strings.Split("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文辉力玲桂香月凤洁鑫波斌宇浩凯健俊帆雪荣爱妹燕彬炳坤木水火土金银铜铁福禄寿喜", "")
	phrases  = strings.Split("双方因排水沟走向发生争执，|互不相让，|经村干部多次上门劝说未果，|申请人称对方砌墙堵塞了原有通道，|被申请人认为该地块系祖上留下，|并出示了一份手写的分家协议，|争执中有人推倒了围墙一角，|未造成人员受伤，|双方情绪激动，|邻居在场可以作证，|调解员到现场查看并拍照，|要求赔偿损失若干元，|对方只愿承担一半，|约定次日上午到司法所面谈，|因下大雨改期，|已电话告知双方当事人，|劝其冷静处理不要激化矛盾，|讲解了民法典相邻关系的规定，|双方表示愿意各让一步，|但对具体数额仍有分歧，|建议由村委会出面丈量，|请水利站的同志一同到场，|工钱拖欠已有半年，|包工头称甲方尚未结算，|孩子上学需要用钱，|老人赡养由三个子女轮流负担，|其中一人长期在外务工，|电动车碰撞后双方自行协商，|医药费发票由当事人提供，|噪音从晚上十点持续到凌晨，|养殖场气味影响周边住户，|树枝越界遮挡了采光，|宅基地四至不清，|原有界石已被移动，|合同上没有写明交货日期，|押金至今未退，|物业费涨价没有公示，|车位被他人长期占用，|菜地被牛踩坏，|鱼塘水被放干，", "|")
	rare     = []rune("犇鑫焱淼垚骉麤羴猋蟲龘靐齉爨饕餮魑魅魍魉貔貅旮旯尴尬踟蹰蹉跎龌龊齟齬邂逅缱绻旖旎氤氲")
	villages = strings.Split("洋头|黄坑|上围|下围|水背|岭下|塘尾|石径|罗塘|桥头|老屋|新寨|大坪|小径|横排|竹园", "|")
)

// commonTitle begins the title of every case, so that a screen shows it.
const commonTitle = "邻里纠纷"

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func name(r *rand.Rand) string {
	n := pick(r, families) + pick(r, given)
	if r.IntN(3) > 0 {
		n += pick(r, given)
	}
	return n
}

// report is what somebody wrote, of about size characters. Between the phrases
// stand characters by their rank, so that pairs are common, rare and unique.
func report(r *rand.Rand, size int) string {
	zipf := rand.NewZipf(r, 1.15, 20, 6000)
	var b strings.Builder
	for n := 0; n < size; {
		var part string
		switch r.IntN(8) {
		case 0:
			part = name(r) + "说，"
		case 1, 2, 3:
			var free []rune
			for range 6 + r.IntN(10) {
				free = append(free, rune(0x4E00+(zipf.Uint64()*7919)%20000))
			}
			part = string(free) + "。"
		default:
			part = pick(r, phrases)
		}
		n += len([]rune(part))
		b.WriteString(part)
	}
	return b.String()
}

// events register one case of about 550 characters.
func events(r *rand.Rand, i int, now time.Time) []casework.Event {
	a, b := name(r), name(r)
	title := fmt.Sprintf("%s：%s与%s", commonTitle, a, b)
	facts := report(r, 360)
	if i%5000 == 7 {
		facts += string(pick(r, rare)) + string(pick(r, rare)) + "。"
	}
	phone := func() string { return fmt.Sprintf("1%02d%08d", 30+r.IntN(60), r.IntN(100_000_000)) }
	return []casework.Event{
		&casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
			casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: facts,
			casework.FieldDivision: "441621102", casework.FieldDetail: pick(r, villages) + fmt.Sprintf("村%d组", 1+r.IntN(20)),
			casework.FieldChannel: "03"},
			Parties: []casework.Party{{Role: "applicant", Name: a, Phone: phone()}, {Role: "respondent", Name: b, Phone: phone()}}},
		&casework.Noted{Note: report(r, 130)},
	}
}
